"""What the pages of background runs are made of: one of them, and all of an account's."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from juli.engines.desk.cells import Icon, State, Tone, Words
from juli.engines.desk.figures import Progress
from juli.engines.desk.models.running import Run
from juli.engines.desk.pages import Action, Fact, Note, Pager, Section, Tab, Table

_TONES: Final = {
    Run.State.WAITING: (Tone.MUTE, Icon("clock")),
    Run.State.RUNNING: (Tone.INFO, Icon("loader")),
    Run.State.DONE: (Tone.OK, Icon("circle-check")),
    Run.State.STOPPED: (Tone.MUTE, Icon("ban")),
    Run.State.FAILED: (Tone.BAD, Icon("alert-circle")),
}


@dataclass(frozen=True, slots=True)
class RunPage:
    """
    One run in the background (后台任务).

    While it is under way the page asks ``progress_href`` every two seconds for the fragment
    ``desk/_run.html`` with the same context; without a script it offers a link.
    """

    title: Words
    line: Words
    state: State
    progress: Progress
    progress_href: str
    facts: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()
    note: Note | None = None
    tabs: tuple[Tab, ...] = ()
    table: Table | None = None
    pager: Pager | None = None
    empty: Words = ""


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Every run of an account, the newest first (后台任务)."""

    title: Words
    line: Words
    sections: tuple[Section, ...]
    is_running: bool
    empty: Words = ""


def state_of(run: Run) -> State:
    """Return how far a run has come, with its weight."""
    if run.is_stopping and not run.is_over:
        return State(_("正在取消"), Tone.WARN, icon="clock")
    tone, icon = _TONES[Run.State(run.state)]
    return State(run.get_state_display(), tone, icon=icon)


def progress_of(run: Run, *, unit: Words) -> Progress:
    """Return how far a run has come, in numbers."""
    label = _("已处理") if run.state == Run.State.RUNNING else str(run.get_state_display())
    return Progress(label, run.done, run.total, unit, is_running=not run.is_over)
