"""Numbers and addresses that lead to a person or a file, as expressions that find them in any spelling."""

import re

# What people put between the digits of a telephone number.
BETWEEN_DIGITS = r"[\s().\-/·]{0,3}"
COUNTRY = rf"(?:\+?1{BETWEEN_DIGITS}|\+?\d{{1,3}}[\s().\-/·]{{1,3}})?"
BETWEEN_GROUPS = r"[\W_]{0,3}"
SAYS_BADGE = (
    r"(?:badge|regimental|reg|number|numero|matricule|no|nr|id|officer|constable|cst|pc|sergeant|sgt|agent|#)"
    r"[\W_]{0,3}(?:(?:number|numero|no|nr|#)[\W_]{0,3})?"
)
AT = r"\s*(?:@|[(\[]\s*at\s*[)\]]|\bat\b|\barobase\b)\s*"
DOT = r"\s*(?:\.|[(\[]\s*dot\s*[)\]]|\bdot\b|\bpoint\b)\s*"

# What is never found.
NOTHING = r"(?!)"

SHORTEST_PHONE = 7
SHORTEST_BADGE_ALONE = 4
SHORTEST_MAILBOX_ALONE = 5


def file_number(folded: str) -> str:
    """2026-00042 however it is parted; without its zeros only with a dash or a stroke, as in 2026-42."""
    groups = re.findall(r"[a-z]+|\d+", folded)
    whole = BETWEEN_GROUPS.join(groups)
    short = r"\s?[-/]\s?".join(_zeros_or_none(group) for group in groups)
    return _apart(whole, short)


def badge(folded: str) -> str:
    """A badge number: alone if it is long and no year, else where the text says that it is one."""
    groups = re.findall(r"[a-z]+|\d+", folded)
    digits = "".join(group for group in groups if group.isdecimal()).lstrip("0")
    ways = []
    if len(groups) > 1:
        ways.append(BETWEEN_GROUPS.join(groups))
    if digits:
        ways.append(f"{SAYS_BADGE}0*{digits}")
        if len(digits) >= SHORTEST_BADGE_ALONE and not re.fullmatch(r"(?:19|20)\d\d", digits):
            ways.append(f"0*{digits}")
    return _apart(*ways)


def email(folded: str) -> str:
    """An address with its signs written out or not; and its mailbox alone, if that is no mere word."""
    mailbox, _, domain = folded.strip().partition("@")
    if not mailbox or not domain:
        return NOTHING
    alone = len(mailbox) >= SHORTEST_MAILBOX_ALONE and not mailbox.isalpha()
    return _apart(_spelled(mailbox) + AT + _spelled(domain), _spelled(mailbox) if alone else "")


def phone(folded: str) -> str:
    """A telephone number however it is grouped, with or without its country, or its last seven digits.

    An extension ("ext. 12") is not looked for. Fewer than seven digits are no number anyone could ring.
    """
    digits = re.sub(r"\D", "", re.split(r"[a-z]", folded)[0]).removeprefix("00")
    if len(digits) < SHORTEST_PHONE:
        return NOTHING
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    # Abroad, a country's code of one to three digits gives way to a 0 at home.
    at_home = [f"0?{_digits(digits[code:])}" for code in (1, 2, 3) if len(digits) > 10]
    return _apart(COUNTRY + _digits(digits), *at_home, _digits(digits[-SHORTEST_PHONE:]))


def substring(folded: str) -> str:
    """Letters that may stand within other letters, for scripts without spaces."""
    return r"\s?".join(re.escape(character) for character in re.sub(r"\s", "", folded)) or NOTHING


def _digits(digits: str) -> str:
    return BETWEEN_DIGITS.join(digits)


def _spelled(part: str) -> str:
    return DOT.join(re.escape(piece) for piece in part.split("."))


def _zeros_or_none(group: str) -> str:
    return f"0*{group.lstrip('0')}" if group.isdecimal() else group


def _apart(*ways: str) -> str:
    """Any of the ways, not within a longer word or number. An empty way is no way."""
    expression = "|".join(way for way in ways if way)
    return rf"(?<![a-z0-9])(?:{expression})(?![a-z0-9])" if expression else NOTHING
