"""The form that every test here reads: invented, with a column of every kind."""

from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm

NAME = Column(
    code="name", label="姓名", kind=Kind.NAME, required=True, aliases=("会员姓名", "名字"), max_length=50,
    example="张三",
)  # fmt: skip
GENDER = Column(
    code="gender", label="性别", kind=Kind.CHOICE,
    choices=(Choice("male", "男", ("男性",)), Choice("female", "女", ("女性",))), example="男",
)  # fmt: skip
DOCUMENT_KIND = Column(
    code="document_kind", label="证件类型", kind=Kind.CHOICE,
    choices=(Choice("resident_id", "居民身份证", ("身份证",)), Choice("passport", "护照")),
)  # fmt: skip
DOCUMENT = Column(
    code="document", label="证件号码", kind=Kind.DOCUMENT, required=True, aliases=("身份证号", "身份证号码"),
    document_kind="document_kind", example="身份证上的 18 位号码",
)  # fmt: skip
MOBILE = Column(code="mobile", label="手机号码", kind=Kind.MOBILE, aliases=("手机", "联系电话"))
JOINED_ON = Column(code="joined_on", label="入会日期", kind=Kind.DAY, aliases=("入会时间",))
TERM_ENDS_ON = Column(code="term_ends_on", label="任期届满", kind=Kind.DAY, future_allowed=True)
IS_MIGRANT = Column(code="is_migrant", label="是否农民工", kind=Kind.YES_NO)
PEOPLE = Column(code="people", label="职工人数", kind=Kind.INTEGER, least=0, most=100_000)
DUES = Column(code="dues", label="会费（元）", kind=Kind.DECIMAL)
EMPLOYER_CODE = Column(code="employer_code", label="统一社会信用代码", kind=Kind.USCC)
REMARK = Column(code="remark", label="备注", max_length=60)
RECORD = Column(code="record", label="记录号")

ROSTER = LedgerForm(
    code="test.roster",
    label="会员名册",
    columns=(
        NAME, GENDER, DOCUMENT_KIND, DOCUMENT, MOBILE, JOINED_ON, TERM_ENDS_ON, IS_MIGRANT, PEOPLE, DUES,
        EMPLOYER_CODE, REMARK, RECORD,
    ),
    key=("document",),
    record="record",
)  # fmt: skip
