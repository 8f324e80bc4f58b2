"""Member numbers: ten digits from a sequence and a check digit (会员号)."""

LENGTH = 11


def member_number(serial: int) -> str:
    """Return the number of the n-th member; the last digit finds a slip of the pen (Luhn)."""
    digits = f"{serial:0{LENGTH - 1}d}"
    return f"{digits}{_check_digit(digits)}"


def is_member_number(text: str) -> bool:
    """Say whether a text has the form of a member number and its check digit is right."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and _check_digit(text[:-1]) == text[-1]


def _check_digit(digits: str) -> str:
    doubled = (
        int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))
    )
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return str(-total % 10)
