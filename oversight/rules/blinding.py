"""A first draft of what reviewers read: roles in place of the names known. A person then reads it."""

from collections.abc import Iterable, Mapping

from oversight.rules.leaks import Name, names_in


def blinded(text: str, names_by_role: Mapping[str, Iterable[Name]]) -> str:
    """Return the text with every known name replaced by its role; of two that overlap, the longer."""
    found = [
        (leak.where.start, leak.where.end, role)
        for role, names in names_by_role.items()
        for leak in names_in({"text": text}, names)
    ]
    parts, reached = [], 0
    for start, end, role in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= reached:
            parts += [text[reached:start], role]
            reached = end
    return "".join([*parts, text[reached:]])
