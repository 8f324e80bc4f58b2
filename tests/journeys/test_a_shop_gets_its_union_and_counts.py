"""A shop is registered, gets its union, its people join, and the figures of the town know."""

import re

import pytest

from tests import world as building
from tests.pages.visiting import text_of, visitor_of

pytestmark = pytest.mark.django_db


def headline(said: str, label: str) -> int:
    found = re.search(rf"{label} \d\d-\d\d ([\d,]+)", said)
    assert found, said
    return int(found[1].replace(",", ""))


def test_a_shop_gets_its_union_and_counts():
    world = building.build()
    he = visitor_of(world.he)

    # The officer of the town starts from the first page and sees what there is.
    before = text_of(he.get("/"))
    assert (headline(before, "基层工会数"), headline(before, "会员数")) == (2, 2)

    # A shop is registered in the town; it stands among those without a union.
    shop = he.post(
        "/employers/new/", uscc=building.credit_code(), name="青荷小食店", ownership="self_employed",
        business="operating", territory_id=world.qinghe.code,
    )["Location"]  # fmt: skip
    assert "青荷小食店" in text_of(he.get("/employers/?covered=no"))

    # The town approves a union, which then stands for the shop.
    union = he.post(
        "/unions/new/", parent_id=world.qinghe.code, name="青荷小食店工会", code="990177", level="base",
        form="own", employer_class="self_employed", approved_on="2018-05-02",
    )["Location"]  # fmt: skip
    he.post(f"{shop}coverage/", union_id="990177", on="2018-05-02")
    assert "青荷小食店工会" in text_of(he.get(shop))

    # Its cook joins, is elected chair, and is found by two characters of the name.
    member = he.post(
        "/members/new/", union_id="990177", employer_id="青荷小食店", joined_on="2018-05-03", name="梁阿婆",
        document_kind="resident", document_number=building.resident_number(), mobile="13800138000",
    )["Location"]  # fmt: skip
    number = re.search(r"会员号 (\d{11})", text_of(he.get(member)))
    assert number
    he.post(f"{union}posts/", person_id=number[1], office="chair", on="2018-05-03")
    assert "梁阿婆 主席" in text_of(he.get(union))
    assert "青荷小食店工会" in text_of(he.get("/search/?q=梁阿"))

    # The figures have moved, and each opens down to the records.
    after = text_of(he.get("/"))
    assert (headline(after, "基层工会数"), headline(after, "会员数")) == (3, 3)
    figure = re.search(r'class="fig" href="(/figures/registry\.members/[^"]+)"', he.get("/").content.decode())
    assert figure
    assert "梁阿婆" in text_of(he.get(figure[1].replace("&amp;", "&")))

    # Next door nobody knows of it.
    wu = visitor_of(world.wu)
    assert wu.get(member).status_code == 404
    assert "梁阿婆" not in text_of(wu.get("/search/?q=梁阿"))
