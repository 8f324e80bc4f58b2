"""How the database tells somebody at a terminal what it is doing."""

from collections.abc import Callable

Say = Callable[[str], None]


def say_nothing(_: str) -> None:
    """Keep quiet: the default where nobody listens."""
