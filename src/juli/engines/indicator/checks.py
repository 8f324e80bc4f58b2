"""System checks: what figure sets and indicators name exists."""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from juli.engines.facts.models import KINDS
from juli.engines.indicator import catalogue, sets
from juli.engines.indicator.declarations import AnyIndicator, Flow, Stock
from juli.engines.indicator.units import Unit


@register()
def figures_are_sound(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django hands it to every check
    **options: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Report slots that quote no indicator or another unit, and indicators that count no known fact."""
    return [
        *(fault for each in sets.every_set().values() for fault in faults_of_set(each)),
        *(fault for each in catalogue.every_indicator() for fault in faults_of_indicator(each)),
    ]


def faults_of_set(figures: sets.FigureSet) -> Iterator[CheckMessage]:
    """Yield what is wrong with a set."""
    units = {unit.value for unit in Unit}
    for slot in figures.slots:
        where = f"{figures.code}: {slot.key}"
        if slot.unit not in units:
            yield Error(
                f"The unit {slot.unit!r} is not one that figures are counted in.",
                obj=where,
                id="indicator.E001",
            )
        if not slot.is_wired:
            continue
        if not catalogue.is_declared(slot.indicator):
            yield Error(f"No indicator is declared as {slot.indicator!r}.", obj=where, id="indicator.E002")
        elif catalogue.indicator(slot.indicator).unit != slot.unit:
            yield Error(
                f"{slot.indicator!r} counts another unit than {slot.unit}.", obj=where, id="indicator.E003"
            )


def faults_of_indicator(declared: AnyIndicator) -> Iterator[CheckMessage]:
    """Yield what is wrong with an indicator, seen beside the others."""
    named: tuple[str, ...] = ()
    if isinstance(declared, Flow):
        named = (*declared.kinds, *declared.unless_followed_by)
    elif isinstance(declared, Stock):
        named = declared.moved_by
    for kind in named:
        if kind not in KINDS:
            yield Error(f"No kind of fact is registered as {kind!r}.", obj=declared.code, id="indicator.E004")
    for code in declared.beside:
        if not catalogue.is_declared(code):
            yield Error(f"No indicator is declared as {code!r}.", obj=declared.code, id="indicator.E005")
