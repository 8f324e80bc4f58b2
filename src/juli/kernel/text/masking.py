"""What is shown of a personal number or name by default; the whole is an action with a reason."""

STAR = "*"
# From 15 characters on, eight shown leave seven hidden; below that fewer may be shown.
LONG, SHORT = 15, 8
MOBILE = 11


def mask_name(name: str) -> str:
    """Return the first and last character of a name: 张*明, 张*."""
    if len(name) <= 1:
        return STAR * len(name)
    last = name[-1] if len(name) > 2 else ""
    return name[0] + STAR * (len(name) - 1 - len(last)) + last


def mask_document(number: str) -> str:
    """Return four characters at each end of a document number, of short ones two, of shorter none."""
    return _between(number, _shown_of(len(number)))


def mask_mobile(number: str) -> str:
    """Return the first three and last four digits of a mobile number: 138****5521; none of less."""
    if len(number) < MOBILE:
        return STAR * len(number)
    return f"{number[:3]}{STAR * (len(number) - 7)}{number[-4:]}"


def mask_account(number: str) -> str:
    """Return the last four digits of a bank account, however long it is: ****1234."""
    return STAR * 4 + (number[-4:] if len(number) >= SHORT else "")


def _shown_of(length: int) -> int:
    if length >= LONG:
        return 4
    return 2 if length >= SHORT else 0


def _between(text: str, shown: int) -> str:
    return text[:shown] + STAR * (len(text) - 2 * shown) + text[len(text) - shown :]
