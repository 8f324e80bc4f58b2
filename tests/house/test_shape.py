"""Tiny tests that keep the source from growing out of shape; each is proven by feeding it a bad example."""

from pathlib import PurePosixPath

import pytest

from tests.house.reading import Source, python_files
from tests.house.shape import CHECKS, FUNCTION_LINES, MODULE_LINES

pytestmark = pytest.mark.house

ACTIONS = "src/juli/domains/benefits/actions.py"
VIEWS = "src/juli/domains/benefits/views.py"
MODELS = "src/juli/domains/benefits/models.py"
RULES = "src/juli/domains/benefits/rules.py"

GOOD_ACTION = """
@transaction.atomic
def approve(pk: int, *, actor: Actor, at: datetime) -> None:
    day = timezone.localdate(at)
"""

BAD = {
    "modules_are_short": [(RULES, "x = 1\n" * (MODULE_LINES + 1))],
    "functions_are_short": [(RULES, "def long():\n" + "    x = 1\n" * (FUNCTION_LINES + 1))],
    "no_drawers": [
        ("src/juli/kernel/utils.py", ""),
        ("src/juli/engines/helpers/names.py", ""),
        ("src/juli/domains/benefits/common.py", ""),
    ],
    "actions_say_who_and_when": [
        (ACTIONS, "@transaction.atomic\ndef approve(pk, *, actor): ...\n"),
        (ACTIONS, "@transaction.atomic\ndef approve(pk, actor, at): ...\n"),
        (ACTIONS, "def approve(pk, *, actor, at): ...\n"),
        ("src/juli/domains/benefits/actions/payments.py", "def pay(pk, *, actor, at): ...\n"),
    ],
    "only_actions_write": [
        (VIEWS, "row.save()\n"),
        (VIEWS, "row.save(update_fields=['state'])\n"),
        (VIEWS, "Relief.objects.create(amount=1)\n"),
        (VIEWS, "Relief.objects.bulk_create(rows)\n"),
        (VIEWS, "Relief.objects.filter(pk=1).update(state='paid')\n"),
        (VIEWS, "Relief.objects.filter(pk=1).delete()\n"),
        ("src/juli/config/middleware.py", "row.save()\n"),
    ],
    "the_clock_is_read_at_the_door": [
        (ACTIONS, "from django.utils import timezone\nnow = timezone.now()\n"),
        (MODELS, "made_at = models.DateTimeField(default=timezone.now)\n"),
        (RULES, "today = date.today()\n"),
        ("src/juli/engines/facts/recording.py", "day = timezone.localdate()\n"),
        ("src/juli/kernel/period.py", "day = datetime.now(UTC)\n"),
    ],
    "days_are_local": [(ACTIONS, "day = at.date()\n"), (ACTIONS, "day = row.decided_at.date()\n")],
    "paths_are_asked_as_ranges": [
        (MODELS, "rows.filter(path__startswith=unit.path)\n"),
        (RULES, "unit.path.startswith('/1/12')\n"),
    ],
    "money_is_never_a_float": [(RULES, "x = float(amount)\n"), (MODELS, "amount = models.FloatField()\n")],
    "no_signals_and_no_admin": [
        (MODELS, "from django.dispatch import receiver\n"),
        (MODELS, "from django.db.models import signals\nfrom django.db.models.signals import post_save\n"),
        (MODELS, "from django.contrib import admin\n"),
    ],
    "models_keep_their_manners": [
        (MODELS, "unit = models.ForeignKey('scope.OrgUnit', models.CASCADE)\n"),
        (MODELS, "class A(models.Model):\n    class Meta:\n        ordering = ['pk']\n"),
        (MODELS, "class A(models.Model):\n    def save(self): ...\n"),
    ],
    "signatures_are_plain": [
        (ACTIONS, "def pay(pk, **extra): ...\n"),
        (ACTIONS, "def pay(pk, *, data): ...\n"),
        (RULES, "def check(values: dict[str, int]): ...\n"),
        (ACTIONS, "def pay(pk, *, skip_checks=False): ...\n"),
        ("src/juli/domains/benefits/selectors.py", "def awaiting(request): ...\n"),
    ],
    "promises_have_a_number": [(RULES, "x = 1  # TODO later\n")],
    "schemas_are_written_out": [("src/juli/domains/benefits/api.py", "class Out(ModelSchema): ...\n")],
    "migrations_stand_alone": [
        ("src/juli/domains/benefits/migrations/0002_fill.py", "from juli.domains.benefits import x\n"
         "from juli.domains.benefits.actions import pay\n"),
        ("src/juli/domains/benefits/migrations/0003_auto_20261122.py", ""),
    ],
}  # fmt: skip

GOOD = [
    (ACTIONS, GOOD_ACTION),
    (ACTIONS, "def _quietly(row): ...\n"),
    (ACTIONS, "@transaction.atomic(durable=True)\ndef approve(pk, *, actor, at): ...\n"),
    (VIEWS, "from juli.engines.sheet import staging\nstaging.create(name, columns)\n"),
    (VIEWS, "now = timezone.now()\ncontext.update(total=1)\ndocument.save(path)\n"),
    (MODELS, "class A(models.Model):\n    def approve(self): self.save(update_fields=['state'])\n"),
    (RULES, "def within(amount: Decimal, *, ceiling: Decimal) -> bool: ...\n"),
    (RULES, "x = 1  # TODO(#12): widen when the second office needs it\n"),
    ("src/juli/domains/benefits/tests/test_rules.py", "row.save()\nnow = timezone.now()\n"),
]


@pytest.mark.parametrize("name", CHECKS)
def test_the_source_keeps_its_shape(name):
    findings = [finding for source in python_files() for finding in CHECKS[name](source)]

    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [(name, path, text) for name, examples in BAD.items() for path, text in examples],
)
def test_a_bad_example_is_found(name, path, text):
    assert list(CHECKS[name](Source(PurePosixPath(path), text)))


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_a_good_example_passes_every_check(path, text):
    source = Source(PurePosixPath(path), text)

    assert [finding for check in CHECKS.values() for finding in check(source)] == []


def test_every_check_has_a_bad_example():
    assert set(BAD) == set(CHECKS)
