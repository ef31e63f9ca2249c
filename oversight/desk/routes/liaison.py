"""The police liaison's pages: what the service was asked about, and nothing of who complained."""

from dataclasses import dataclass

from flask import abort, render_template, request

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.models import Allegation, Complaint, Party
from oversight.casework.queries.files import file_for_liaison, liaison_files
from oversight.casework.wording import ending_words, label
from oversight.desk.routes.blueprint import Page, blueprint, day_of
from oversight.desk.routes.steps import officer_by_name
from oversight.desk.wording.people import HEARD
from oversight.desk.wording.steps import Choice, refusals
from oversight.kit.i18n import local_day, t, with_detail
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can, Role
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import STAGE_LABELS
from oversight.rules.words import N_


@dataclass(frozen=True)
class OfficerCard:
    """An officer the service was asked to tell, and what was alleged of them."""

    name: str
    told: str
    side: str
    allegations: list[str]


@dataclass(frozen=True)
class LiaisonFile:
    """A file as the liaison may know it."""

    number: str
    received: str
    stage: str
    officers: list[OfficerCard]


@blueprint.get("/desk/liaison")
@needs(Can.ANSWER_FOR_THE_SERVICE)
@personal
def liaison() -> Page:
    page = liaison_files(signed_in_person(), request.args.get("after"))
    return render_template(
        "desk/liaison/files.html", files=[_seen(each) for each in page.rows], after=page.after
    )


@blueprint.get("/desk/liaison/<number>")
@needs(Can.ANSWER_FOR_THE_SERVICE)
@personal
def liaison_file(number: str) -> Page:
    complaint = file_for_liaison(signed_in_person(), number) or abort(404)
    return render_template("desk/liaison/file.html", file=_seen(complaint), choices=_choices(complaint))


def _choices(complaint: Complaint) -> list[Choice]:
    """What the liaison may do on this file."""
    steps = rulebook(complaint.rulebook).file.steps_from(complaint.state, frozenset({Role.LIAISON}))
    person, on = signed_in_person(), day_of(complaint)
    return [Choice(step, refusals(complaint, step, person, on=on)) for step in steps]


def _seen(complaint: Complaint) -> LiaisonFile:
    state = rulebook(complaint.rulebook).file.state(complaint.state)
    return LiaisonFile(
        complaint.number,
        local_day(complaint.received_on),
        t(STAGE_LABELS[state.stage]),
        [_officer(party, complaint.allegations) for party in complaint.parties if party.told_on is not None],
    )


def _officer(officer: Party, allegations: list[Allegation]) -> OfficerCard:
    side = HEARD[officer.heard_as] if officer.heard_as else N_("The officer’s side is not recorded yet")
    book = rulebook(officer.complaint.rulebook)
    return OfficerCard(
        officer_by_name(officer),
        local_day(officer.told_on),
        t(side, day=local_day(officer.heard_on)),
        [_alleged(each, book) for each in allegations if each.subject_id == officer.id],
    )


def _alleged(allegation: Allegation, book: Rulebook) -> str:
    """What is alleged and, once the file has ended, how that ended and what was recommended."""
    what = label(book.codes, allegation.code) or t(N_("not coded yet"))
    if not allegation.complaint.has_ended:
        return what
    said = [what, ending_words(allegation, book)]
    if allegation.corrective_recommended:
        action = label(book.corrective_actions, allegation.corrective_recommended)
        said.append(with_detail(t(N_("Recommended")), action))
    return ". ".join(said)
