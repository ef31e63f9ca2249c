"""The allegations of one complaint, each with what was found of it, in rows of its own or beside it."""

from collections import defaultdict
from dataclasses import dataclass, replace

from oversight.casework.past import PastAllegation, PastParty
from oversight.importing.dirt import DirtBook
from oversight.importing.drawing import Drawing, Fields, value
from oversight.importing.mapping import Section
from oversight.importing.mapping.vocabulary import Vocabulary
from oversight.importing.reading import Row
from oversight.importing.values import Several
from oversight.rules.findings import Status, Subject

Rows = dict[str, list[Row]]

NO_OFFICER = "no officer of this complaint has this key"
NO_ALLEGATION = "no allegation of this complaint has this key"
FINDINGS_DIFFER = "the findings of this allegation differ"
OPEN_IN_AN_ENDED_FILE = "status: open although the file has ended; taken as closed"

TAKES_A_GROUND = (Status.DISMISSED, Status.CLOSED)


@dataclass
class Draft:
    """An allegation on its way: its row, and the fields drawn from it so far."""

    drawing: Drawing
    row: Row
    fields: Fields

    @property
    def status(self) -> str:
        """Its own ending. A finding that nobody gave a status decides it."""
        known = value(self.fields, "status")
        if known is None:
            return Status.DECIDED if value(self.fields, "finding") else Status.OPEN
        return str(known)


class Allegations:
    """Makes the allegations of a complaint from its rows."""

    def __init__(self, sections: tuple[Section, ...], findings: tuple[Section, ...], dirt: DirtBook) -> None:
        self._drawings = [Drawing.of_section(each, dirt) for each in sections]
        self._findings = [Drawing.of_section(each, dirt) for each in findings]

    def drafts(self, rows: Rows, allowed: Vocabulary | None) -> list[Draft]:
        """Return a complaint's allegations, with their findings."""
        drafts = [
            Draft(drawing, row, drawing.of(row, allowed))
            for drawing in self._drawings
            for row in drawing.rows(rows)
        ]
        if self._findings:
            self._find(drafts, rows, allowed)
        return drafts

    def _find(self, drafts: list[Draft], rows: Rows, allowed: Vocabulary | None) -> None:
        by_key: defaultdict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            by_key[value(draft.fields, "key", "")].append(draft)
        for drawing in self._findings:
            for row in drawing.rows(rows):
                found = drawing.of(row, allowed)
                about = by_key.get(found.pop("allegation").value)
                if not about:
                    drawing.refused(row, NO_ALLEGATION)
                for draft in about or ():
                    drawing.merge(draft.fields, row, found, FINDINGS_DIFFER)


def finished(
    draft: Draft,
    officers: tuple[PastParty, ...],
    places: dict[str, int],
    *,
    has_ended: bool,
    ground: str | None,
) -> PastAllegation:
    """Return the allegation as it is brought in. `ground` is the file's, for one without its own."""
    fields, drawing, row = draft.fields, draft.drawing, draft.row
    officer = _officer(draft, places)
    status = _status(draft, has_ended=has_ended)
    day = value(fields, "ended_on")
    allegation = PastAllegation(
        subject_kind=_subject_kind(fields, officers, officer),
        officer=officer,
        code=value(fields, "code"),
        own_code=drawing.own_word(row, "code", fields),
        status=status,
        finding=value(fields, "finding"),
        own_finding=drawing.own_word(row, "finding", fields),
        corrective=value(fields, "corrective"),
        own_corrective=drawing.own_word(row, "corrective", fields),
        ended_on=day.on if day else None,
        ground=value(fields, "ground") or (ground if status in TAKES_A_GROUND else None),
    )
    return _in_its_setting(allegation, fields)


def _in_its_setting(allegation: PastAllegation, fields: Fields) -> PastAllegation:
    """Add what few exports tell of: duty, context, camera, level, bias."""
    told = {name: value(fields, name) for name in ("duty", "context", "camera", "level")}
    bias: Several | None = value(fields, "bias_kinds")
    known = {name: each for name, each in told.items() if each is not None}
    if bias:
        known["bias_kinds"] = bias.codes
    return replace(allegation, **known) if known else allegation


def _officer(draft: Draft, places: dict[str, int]) -> int | None:
    key = value(draft.fields, "officer")
    if key is None:
        return None
    if key not in places:
        draft.drawing.mended(draft.row, "officer", NO_OFFICER, key)
    return places.get(key)


def _subject_kind(fields: Fields, officers: tuple[PastParty, ...], officer: int | None) -> str:
    if officer is not None:
        return officers[officer].subject_kind or Subject.UNKNOWN_OFFICER
    return str(value(fields, "subject_kind", Subject.UNKNOWN_OFFICER))


def _status(draft: Draft, *, has_ended: bool) -> str:
    status = draft.status
    if not has_ended or status != Status.OPEN:
        return status
    if value(draft.fields, "status") is not None:
        draft.drawing.mended(draft.row, "status", OPEN_IN_AN_ENDED_FILE, draft.fields["status"].cell)
    return Status.CLOSED
