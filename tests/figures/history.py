"""Files of the past for figures to count, each said in a line, and written as importing writes them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from oversight.casework.actions.past_files import begin_batch, bring_in, finish_batch
from oversight.casework.past import PastAllegation, PastDemographics, PastFile, PastParty, RaceSource
from oversight.figures.disclosure.showing import Shown
from oversight.figures.figure import Figure
from oversight.figures.periods import Period
from oversight.figures.tables import table_named
from oversight.figures.wanted import Level, Wanted, Words
from oversight.kit.db import writing

AT = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
DAY = date(2015, 3, 2)
NUMBERS = count(1)


def alleged(
    own: str = "", finding: str | None = None, *, status: str = "", officer: int | None = None, **more: object
) -> PastAllegation:
    """One allegation: decided where it has a finding, else open."""
    stands = status or ("decided" if finding else "open")
    subject = "unknown_officer" if officer is None else "known_officer"
    kind = str(more.pop("subject_kind", subject))
    return PastAllegation(kind, officer, own_code=own, finding=finding, status=stands, **more)  # type: ignore[arg-type]


def person(
    *races: str,
    codes: Sequence[str] = (),
    kind: str = "complainant",
    known: RaceSource = RaceSource.NOT_KNOWN,
) -> PastParty:
    """Somebody of a file, with the words for their race and our codes for them."""
    told = PastDemographics(known, races, tuple(codes), gender="unknown")
    return PastParty(kind, demographics=told)


def past(
    *allegations: PastAllegation,
    received_on: date = DAY,
    people: Sequence[PastParty] = (),
    officers: Sequence[str] = (),
    ended_on: date | None = None,
    ended: bool = False,
    area: str | None = None,
) -> PastFile:
    """One file; `officers` are the numbers they are known by in all files, "" for none."""
    number = f"old-{next(NUMBERS)}"
    has_ended = ended or ended_on is not None
    return PastFile(
        number,
        number.encode().ljust(32),
        "alberta_2011",
        "resolved" if has_ended else "investigation",
        received_on,
        has_ended,
        ended_on,
        area=area,
        people=tuple(people),
        officers=tuple(PastParty("subject", "known_officer", known_by=known) for known in officers),
        allegations=allegations,
    )


def brought_in(*files: PastFile, source: str = "elsewhere") -> None:
    """Bring those files in, as one export."""
    with writing():
        batch = begin_batch(
            source, source, mapping_digest="0" * 64, inputs={"a.csv": "1" * 64}, rows={"a": 1}, at=AT
        )
        bring_in(files, batch, place="alberta", at=AT)
        finish_batch(batch, {}, at=AT)


def counted(
    table: str,
    period: str = "all",
    *,
    words: Words | None = None,
    level: Level | None = None,
    race_source: str | None = None,
) -> Figure:
    """The figure of that table."""
    return table_named(table).figure(Wanted(Period.parse(period), words, level, race_source))


def laid_out(figure: Figure | Shown) -> dict[str, tuple[object, ...]]:
    """Its cells, by the words of their rows."""
    rows = (figure.figure if isinstance(figure, Shown) else figure).rows
    return {row.said(): cells for row, cells in zip(rows, figure.cells, strict=True)}


def left_out(figure: Figure | Shown) -> dict[str, int | None]:
    """What it says is not known, by its code."""
    return {unknown.code: unknown.count for unknown in figure.unknown}
