"""The allegations of one complaint, each with what was found of it, in rows of its own or beside it."""

from collections import defaultdict
from dataclasses import dataclass, replace

from oversight.casework.past import OFFICERS, PastAllegation, PastParty
from oversight.importing.dirt import DirtBook
from oversight.importing.drawing import Drawing, Fields, value
from oversight.importing.mapping import Mapping
from oversight.importing.mapping.vocabulary import Vocabulary
from oversight.importing.people import Places, maker_of_the_officer
from oversight.importing.reading import Row
from oversight.importing.values import Several
from oversight.rules.findings import Status, Subject

Rows = dict[str, list[Row]]

NO_OFFICER = "no officer of this complaint has this key"
NO_ALLEGATION = "no allegation of this complaint has this key"
FINDINGS_DIFFER = "the findings of this allegation differ"
OPEN_IN_AN_ENDED_FILE = "status: open although the file has ended; taken as closed"

TELLS_OF_AN_ALLEGATION = ("key", "subject_kind", "code", "finding", "corrective")
TAKES_A_GROUND = (Status.DISMISSED, Status.CLOSED)


@dataclass
class Draft:
    """An allegation on its way: its row, the fields drawn from it so far, the place of its officer."""

    drawing: Drawing
    row: Row
    fields: Fields
    officer: int | None

    @property
    def status(self) -> str:
        """Its own ending. A finding that nobody gave a status decides it."""
        known = value(self.fields, "status")
        if known is None:
            return Status.DECIDED if value(self.fields, "finding") else Status.OPEN
        return str(known)

    @property
    def tells_of_something(self) -> bool:
        """Whether anything is alleged, or of anyone; a setting or a day alone is not."""
        fields = [self.fields[name] for name in TELLS_OF_AN_ALLEGATION if name in self.fields]
        return self.officer is not None or any(each.value is not None or each.own for each in fields)


class Allegations:
    """Makes the allegations of a complaint from its rows."""

    def __init__(self, mapping: Mapping, dirt: DirtBook) -> None:
        self._drawings = [
            (Drawing.of_section(each, dirt), maker_of_the_officer(each, mapping.officers))
            for each in mapping.allegations
        ]
        self._findings = [Drawing.of_section(each, dirt) for each in mapping.findings]

    def drafts(self, rows: Rows, allowed: Vocabulary | None, places: Places) -> list[Draft]:
        """Return a complaint's allegations, with their findings and the places of their officers."""
        drafts = []
        for drawing, maker in self._drawings:
            for row in drawing.rows(rows):
                fields = drawing.of(row, allowed)
                drafts.append(Draft(drawing, row, fields, _officer(drawing, row, fields, places, maker)))
        if self._findings:
            self._find(drafts, rows, allowed)
        for draft in drafts:
            if not draft.tells_of_something:
                draft.drawing.left_out(draft.row)
        return [draft for draft in drafts if draft.tells_of_something]

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
    *,
    has_ended: bool,
    ground: str | None,
) -> PastAllegation:
    """Return the allegation as it is brought in. `ground` is the file's, for one without its own."""
    fields, drawing, row, officer = draft.fields, draft.drawing, draft.row, draft.officer
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


def _officer(drawing: Drawing, row: Row, fields: Fields, places: Places, maker: int | None) -> int | None:
    """The officer that its cell names; where that is blank, the one that its own row makes, if any."""
    key = value(fields, "officer")
    if key is not None:
        if key not in places.by_key:
            drawing.mended(row, "officer", NO_OFFICER, key)
        return places.by_key.get(key)
    if maker is None or value(fields, "subject_kind", Subject.UNKNOWN_OFFICER) not in OFFICERS:
        return None
    return places.by_row.get((maker, row.line))


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
