"""The people of one complaint, from the rows that tell of them; an officer's rows are one party."""

from oversight.casework.past import PastDemographics, PastParty, RaceSource
from oversight.importing.dirt import DirtBook
from oversight.importing.drawing import Drawing, Fields, value
from oversight.importing.mapping import Section
from oversight.importing.mapping.vocabulary import Vocabulary
from oversight.importing.reading import Row
from oversight.importing.values import Several
from oversight.rules.findings import Subject

Rows = dict[str, list[Row]]

IDENTITY = ("name", "email", "phone", "address")
OFFICERS_IDENTITY = ("name", "badge", "description")
TELLS_OF_AN_OFFICER = ("known_by", *OFFICERS_IDENTITY, "race", "gender")

ROWS_DIFFER = "the rows of this officer differ"


class People:
    """Makes the parties who are not officers: each row is one."""

    def __init__(self, sections: tuple[Section, ...], dirt: DirtBook) -> None:
        self._drawings = [Drawing.of_section(each, dirt) for each in sections]

    def of(self, rows: Rows, allowed: Vocabulary | None, language: str) -> tuple[PastParty, ...]:
        """Return a complaint's people, by their rows; they read its language unless told otherwise."""
        return tuple(
            _person(drawing.of(row, allowed), language)
            for drawing in self._drawings
            for row in drawing.rows(rows)
        )


def _person(drawn: Fields, language: str) -> PastParty:
    return PastParty(
        kind=value(drawn, "kind", "complainant"),
        identity=_identity(drawn, IDENTITY),
        language=value(drawn, "language", language),
        demographics=_demographics(drawn),
    )


class Officers:
    """Makes the officers of one complaint: rows with the same key tell of the same one."""

    def __init__(self, sections: tuple[Section, ...], dirt: DirtBook) -> None:
        self._drawings = [Drawing.of_section(each, dirt) for each in sections]

    def of(self, rows: Rows, allowed: Vocabulary | None) -> tuple[tuple[PastParty, ...], dict[str, int]]:
        """Return a complaint's officers, and the place of each by its key."""
        found: list[Fields] = []
        places: dict[str, int] = {}
        for drawing in self._drawings:
            for row in drawing.rows(rows):
                drawn = drawing.of(row, allowed)
                key = value(drawn, "key", "")
                if key in places:
                    drawing.merge(found[places[key]], row, drawn, ROWS_DIFFER)
                elif key or _tells_of_someone(drawn):
                    if key:
                        places[key] = len(found)
                    found.append(drawn)
        return tuple(map(_officer, found)), places


def _tells_of_someone(drawn: Fields) -> bool:
    return any(value(drawn, name) is not None for name in TELLS_OF_AN_OFFICER)


def _officer(drawn: Fields) -> PastParty:
    identity = _identity(drawn, OFFICERS_IDENTITY)
    known_by = value(drawn, "known_by", "")
    return PastParty(
        kind="subject",
        subject_kind=value(drawn, "subject_kind") or _how_known(known_by, identity),
        identity=identity,
        known_by=known_by,
        demographics=_demographics(drawn),
    )


def _how_known(known_by: str, identity: dict[str, str]) -> str:
    if known_by or "name" in identity or "badge" in identity:
        return Subject.KNOWN_OFFICER
    return Subject.DESCRIBED_OFFICER if identity else Subject.UNKNOWN_OFFICER


def _identity(drawn: Fields, names: tuple[str, ...]) -> dict[str, str]:
    return {name: known for name in names if (known := value(drawn, name))}


NOTHING_KNOWN = PastDemographics()
NO_RACE = Several((), ())


def _demographics(drawn: Fields) -> PastDemographics:
    race = value(drawn, "race", NO_RACE)
    gender, age = value(drawn, "gender", ""), value(drawn, "age")
    if not race.words and not gender and age is None:
        return NOTHING_KNOWN
    return PastDemographics(
        race_source=RaceSource(value(drawn, "race_source", RaceSource.NOT_KNOWN)),
        race_words=race.words,
        race_codes=race.codes,
        gender=gender,
        age=age,
    )
