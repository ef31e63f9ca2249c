"""One line of the table that the bench prints and keeps."""

from dataclasses import dataclass
from typing import Any

from bench.measure import Ratio

PAGE = 0.10
"""How steeply a page's cost may grow at most: by what power of the number of files."""
ALL_FILES = 1.20
"""The same of what reads all files: as they do, and a little more where they outgrow the memory."""


@dataclass(frozen=True)
class Line:
    """A workload at one size against its floor, or a figure in a unit of its own."""

    workload: str
    """What and where: "W4 the desk's queue"."""
    floor: str
    """What `ratio` counts in: "W3 by hand", or a unit such as "seconds"."""
    database: str
    files: int
    ratio: Ratio
    target: float | None = None
    """The most that the ratio may be; None where it is only told."""
    exponent: float | None = None
    """By what power of the number of files it has grown since the size before; None where nobody asks."""
    steepest: float = PAGE
    """The most that the exponent may be."""
    milliseconds: float | None = None
    """CPU of this process for one call, to know what is spoken of."""
    elsewhere: float | None = None
    """The same of the database's own processes."""
    memory: int | None = None
    """The most memory its process took, in MB; the bench itself puts it in."""

    @property
    def met(self) -> bool | None:
        """Whether ratio and exponent reach their targets; None where there are none."""
        if self.target is None and self.exponent is None:
            return None
        return (self.target is None or self.ratio.typical <= self.target) and (
            self.exponent is None or self.exponent <= self.steepest
        )

    def as_json(self) -> dict[str, Any]:
        """The line as bench.json keeps it."""
        return {
            "workload": self.workload,
            "floor": self.floor,
            "database": self.database,
            "size": self.files,
            "ratio": self.ratio.typical,
            "spread": [self.ratio.least, self.ratio.most],
            "target": self.target,
            "exponent": self.exponent,
            "steepest": None if self.exponent is None else self.steepest,
            "met": self.met,
            "cpu_ms": self.milliseconds,
            "database_cpu_ms": self.elsewhere,
            "memory_mb": self.memory,
        }


HEAD = (
    *("workload", "floor", "database", "files", "ratio", "middle half", "target", "exponent", "CPU, ms"),
    *("database, ms", "memory, MB", ""),
)


def cells(line: Line) -> tuple[str, ...]:
    """The line as the printed table has it."""
    spread = f"{_short(line.ratio.least)}–{_short(line.ratio.most)}"
    return (
        *(line.workload, line.floor, line.database, f"{line.files:,}", _short(line.ratio.typical), spread),
        *(_short(line.target), "" if line.exponent is None else f"{line.exponent:.2f}"),
        *(_short(line.milliseconds), _short(line.elsewhere), "" if line.memory is None else str(line.memory)),
        "" if line.met is None else "met" if line.met else "MISSED",
    )


def table(lines: list[Line]) -> str:
    """All lines as a table of Markdown, which README.md can keep as it is."""
    rows = [HEAD, *(cells(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    printed = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    printed.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {row} |" for row in printed)


def _short(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}" if figure < 10 else f"{figure:.1f}"
