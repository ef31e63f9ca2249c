"""What an import says at its end: a table for a person, or the same numbers for a program."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.running import Summary
from oversight.importing.texts import CAN_NOT_BE_READ

FREE_TEXT = (
    "Is it free text, in which people may be named? Its words stand in figures and reports where many files\n"
    "share them: map them to ours, take another column, or keep this one beside the file with `keep`."
)
WHAT_WAS_FOUND = {
    Kind.REFUSED: "Refused rows",
    Kind.REPAIRED: "Repaired rows",
    Kind.DUPLICATE: "Rows that are there twice",
    Kind.FLAGGED: "Files brought in as they are, and flagged",
    Kind.CHANGED: "Files that differ from what is here",
}

NAME_THE_ENCODING = (
    "Rows whose letters can't be read were probably written in an older encoding.\n"
    'Name it in [files.…], such as encoding = ["utf-8", "cp1252"], and run this again.'
)


def as_json(summary: Summary, dirt: DirtBook, listed_in: Path | None) -> dict[str, Any]:
    """The same numbers as the table, with names that stay."""
    return {
        "source": summary.source,
        "title": summary.title,
        "dry_run": summary.dry_run,
        "rows": summary.rows,
        "files": {
            "brought_in": summary.brought_in,
            "brought_up_to_date": summary.brought_up_to_date,
            "here_already": summary.here_already,
            "changed_and_left": summary.changed_and_left,
            "refused": summary.refused,
        },
        "people": summary.people,
        "officers": summary.officers,
        "allegations": summary.allegations,
        "allegations_about_no_officer": summary.about_no_officer,
        "states": dict(sorted(summary.states.items())),
        "flags": dict(sorted(summary.flags.items())),
        "wordy": summary.wordy,
        "dirt": _dirt_as_json(dirt),
        "listed_in": str(listed_in) if listed_in else None,
    }


def _dirt_as_json(dirt: DirtBook) -> list[dict[str, Any]]:
    return [
        {"kind": str(kind), "file": file, "reason": reason, "rows": count}
        for (kind, file, reason), count in sorted(dirt.counts.items())
    ]


def as_table(summary: Summary, dirt: DirtBook, listed_in: Path | None) -> str:
    """Numbers in a column, each with what it counts; then what was odd, the most frequent first."""
    return "\n".join(_lines(summary, dirt, listed_in))


def _lines(summary: Summary, dirt: DirtBook, listed_in: Path | None) -> Iterator[str]:
    yield f"{summary.title} ({summary.source})"
    yield ""
    for alias, count in summary.rows.items():
        yield _line(count, f"rows of {alias}")
    yield ""
    yield _line(summary.brought_in, "files would be brought in" if summary.dry_run else "files brought in")
    for count, words in (
        (summary.brought_up_to_date, "files brought up to date"),
        (summary.here_already, "files that are here already, unchanged"),
        (summary.changed_and_left, "files that changed in the export and were left as they are here"),
        (summary.refused, "files refused"),
    ):
        if count:
            yield _line(count, words)
    yield _line(summary.people, "people with them")
    yield _line(summary.officers, "officers, counted in each file")
    yield _line(summary.allegations, "allegations")
    if summary.about_no_officer:
        yield _line(summary.about_no_officer, "of these about no officer")
    yield from _by_word("Their states", _spaced(summary.states))
    yield from _by_word("Odd about them", _spaced(summary.flags))
    for name, count in summary.wordy.items():
        yield f"\nThe field {name} has {count} different words. {FREE_TEXT}"
    yield from _dirt(dirt)
    yield from _what_to_do(summary, dirt, listed_in)


def _what_to_do(summary: Summary, dirt: DirtBook, listed_in: Path | None) -> Iterator[str]:
    if any(kind == Kind.REFUSED and reason.startswith(CAN_NOT_BE_READ) for kind, _, reason in dirt.counts):
        yield f"\n{NAME_THE_ENCODING}"
    if listed_in:
        yield f"\nEvery such row is listed in {listed_in}\nThat list holds personal data: keep it as such."
    if summary.dry_run:
        yield "\nNothing was written: this was a dry run."


def _by_word(title: str, counts: Any) -> Iterator[str]:
    counted = sorted(counts, key=lambda each: -each[1])
    if counted:
        yield f"\n{title}"
    for word, count in counted:
        yield _line(count, word)


def _spaced(counts: Counter[str]) -> list[tuple[str, int]]:
    return [(word.replace("_", " "), count) for word, count in counts.items()]


def _dirt(dirt: DirtBook) -> Iterator[str]:
    for kind, title in WHAT_WAS_FOUND.items():
        found = [
            (f"{file}: {reason}", count) for (k, file, reason), count in dirt.counts.items() if k == kind
        ]
        yield from _by_word(title, found)


def _line(count: int, words: str) -> str:
    return f"{count:>11,}  {words}"
