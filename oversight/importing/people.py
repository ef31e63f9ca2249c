"""The people of one complaint, from the rows that tell of them; an officer's rows are one party."""

from dataclasses import dataclass, field
from datetime import date

from oversight.casework.past import PastDemographics, PastParty, RaceSource
from oversight.importing.dirt import DirtBook
from oversight.importing.drawing import Drawing, Fields, value
from oversight.importing.mapping import Section
from oversight.importing.mapping.vocabulary import Vocabulary
from oversight.importing.reading import Row
from oversight.importing.specs import FieldSpec
from oversight.importing.values import Day, Drawn, Several
from oversight.rules.findings import Subject

Rows = dict[str, list[Row]]

IDENTITY = ("name", "email", "phone", "address")
OFFICERS_IDENTITY = ("name", "badge", "description")
TELLS_OF_A_PERSON = (*IDENTITY, "race", "gender", "age")
TELLS_OF_AN_OFFICER = ("known_by", *OFFICERS_IDENTITY, "race", "gender")

ROWS_DIFFER = "the rows of this officer differ"


class People:
    """Makes the parties who are not officers: each row is one."""

    def __init__(self, sections: tuple[Section, ...], dirt: DirtBook) -> None:
        self._drawings = [
            (Drawing.of_section(each, dirt), each.fields.get("age"), _tells_of_a_person(each))
            for each in sections
        ]

    def of(
        self, rows: Rows, allowed: Vocabulary | None, language: str, received_on: date
    ) -> tuple[PastParty, ...]:
        """Return a complaint's people, by their rows; they read its language unless told otherwise."""
        people = []
        for drawing, age, tells in self._drawings:
            for row in drawing.rows(rows):
                drawn = drawing.of(row, allowed)
                if age and age.born:
                    self._reckon_age(drawing, row, drawn, age, received_on)
                if _tells_of_someone(drawn, tells):
                    people.append(_person(drawn, language))
                else:
                    drawing.left_out(row)
        return tuple(people)

    def _reckon_age(
        self, drawing: Drawing, row: Row, drawn: Fields, spec: FieldSpec, received_on: date
    ) -> None:
        born: Day | None = value(drawn, "age")
        if born is None:
            return
        age, cell = _age(born, received_on), drawn["age"].cell
        least, most = spec.whole_number
        if least <= age <= most:
            drawn["age"] = Drawn(age, cell)
        else:
            drawn["age"] = Drawn(None, cell)
            drawing.mended(row, "age", f"age: not from {least} to {most} on the day of receipt", cell)


def _tells_of_a_person(section: Section) -> tuple[str, ...]:
    """The fields of which one at least has to be there: a kind counts where the rows themselves say it."""
    kind = section.fields.get("kind")
    return (*TELLS_OF_A_PERSON, "kind") if kind and kind.columns else TELLS_OF_A_PERSON


def _age(born: Day, on: date) -> int:
    """Whole years. Where the year alone is known, the difference of the years: one too many at most."""
    had_no_birthday_yet = (on.month, on.day) < (born.on.month, born.on.day)
    return on.year - born.on.year - had_no_birthday_yet


def _person(drawn: Fields, language: str) -> PastParty:
    return PastParty(
        kind=value(drawn, "kind", "complainant"),
        identity=_identity(drawn, IDENTITY),
        language=value(drawn, "language", language),
        demographics=_demographics(drawn),
    )


@dataclass
class Places:
    """The place of each officer of a complaint: by its key, and by the section and line of its rows."""

    by_key: dict[str, int] = field(default_factory=dict)
    by_row: dict[tuple[int, int], int] = field(default_factory=dict)


class Officers:
    """Makes the officers of one complaint: rows with the same key tell of the same one."""

    def __init__(self, sections: tuple[Section, ...], dirt: DirtBook) -> None:
        self._drawings = [Drawing.of_section(each, dirt) for each in sections]

    def of(self, rows: Rows, allowed: Vocabulary | None) -> tuple[tuple[PastParty, ...], Places]:
        """Return a complaint's officers and their places. A row without a key tells of one of its own."""
        found: list[Fields] = []
        places = Places()
        for section, drawing in enumerate(self._drawings):
            for row in drawing.rows(rows):
                drawn = drawing.of(row, allowed)
                key = value(drawn, "key", "")
                place = places.by_key.get(key) if key else None
                if place is not None:
                    drawing.merge(found[place], row, drawn, ROWS_DIFFER)
                elif key or _tells_of_someone(drawn, TELLS_OF_AN_OFFICER):
                    place = len(found)
                    found.append(drawn)
                    if key:
                        places.by_key[key] = place
                if place is not None:
                    places.by_row[section, row.line] = place
        return tuple(map(_officer, found)), places


def maker_of_the_officer(allegation: Section, officers: tuple[Section, ...]) -> int | None:
    """The place of the [[officer]] that makes the officer of an allegation's own row, if exactly one does.

    Where several stand on its rows, it is the one with the key that `officer` names, or else with the same
    `only_if`.
    """
    there = [place for place, each in enumerate(officers) if each.rows == allegation.rows]
    named = allegation.fields["officer"].columns if "officer" in allegation.fields else ()
    same_key = [place for place in there if named and officers[place].key_columns == named]
    same_rows = [place for place in there if officers[place].only_if == allegation.only_if]
    return next((found[0] for found in (there, same_key, same_rows) if len(found) == 1), None)


def _tells_of_someone(drawn: Fields, names: tuple[str, ...]) -> bool:
    return any(value(drawn, name) is not None for name in names)


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
