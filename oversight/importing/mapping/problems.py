"""What is wrong with a mapping: all of it at once, each with where it stands and the nearest name."""

from collections.abc import Iterable

from oversight.importing.inputs import did_you_mean

FEW = 12
"""Up to so many names are told in full where none is near."""


class MappingError(Exception):
    """A mapping can't be followed. `problems` are all there are, in plain words."""

    problems: tuple[str, ...]

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Problems:
    """Collects what is wrong, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, where: str, what: str) -> None:
        """Note one problem, once."""
        problem = f"{where}: {what}" if where else what
        if problem not in self.found:
            self.found.append(problem)

    def are_in(self, section: str) -> bool:
        """Tell whether anything is wrong in a section, or in one of its keys."""
        return any(each.startswith((f"{section}:", f"{section} ")) for each in self.found)

    def unknown(self, where: str, what: str, known: Iterable[str], name: str) -> None:
        """Note a name that isn't there: `what` says so, without its full stop; the nearest one follows."""
        self.add(where, f"{what}.{suggestion(name, known)}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """The sentence that suggests the nearest name, or tells all of them where they are few."""
    names = sorted(each for each in known if each)
    near = did_you_mean(name, names)
    if near or not 0 < len(names) <= FEW:
        return near
    return f" There {'is' if len(names) == 1 else 'are'} {', '.join(f'“{each}”' for each in names)}."
