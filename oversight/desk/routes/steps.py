"""The one endpoint for every step of a file: its form, and taking it."""

from http import HTTPStatus

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint, Party
from oversight.casework.queries.files import file_for_desk, file_for_liaison, version_now
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.casework.wording import allegation_name, party_name
from oversight.desk.forms.steps import StepForm, step_form
from oversight.desk.routes.blueprint import Page, blueprint, day_of, done, me, refused, unfit
from oversight.desk.wording.panel import panel_findings_by_allegation
from oversight.desk.wording.steps import ROLES_AT_THE_DESK, consequences, refusals
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can, Role
from oversight.rules.steps import Step
from oversight.rules.words import N_


class WayIn:
    """How someone came to a file: over the desk, or as the liaison, who sees less and may do one thing."""

    def __init__(self, number: str) -> None:
        person = signed_in_person()
        at_desk = file_for_desk(person, number)
        self.complaint: Complaint = at_desk or file_for_liaison(person, number) or abort(HTTPStatus.NOT_FOUND)
        self.is_liaison = at_desk is None
        self.roles = person.role_set & ({Role.LIAISON} if self.is_liaison else ROLES_AT_THE_DESK)

    def step(self, name: str) -> Step:
        """A step of this file that is this person's to take, now or later."""
        workflow = rulebook(self.complaint.rulebook).file
        if not workflow.has_step(name):
            abort(HTTPStatus.NOT_FOUND)
        step = workflow.step(name)
        return step if step.by & self.roles else abort(HTTPStatus.FORBIDDEN)

    def form(self, step: Step) -> StepForm:
        """The step's form. The liaison is there to speak for an officer, so they read the name."""
        name_of_officer = officer_by_name if self.is_liaison else party_name
        return step_form(self.complaint, step, self.roles, name_of_officer, on=day_of(self.complaint))

    @property
    def back(self) -> str:
        """The page the step began on."""
        endpoint = "desk.liaison_file" if self.is_liaison else "desk.file"
        return url_for(endpoint, number=self.complaint.number)


def officer_by_name(officer: Party) -> str:
    """An officer as the police service knows them."""
    identity = officer.identity
    known = [identity.name, identity.badge] if identity else []
    return ", ".join(part for part in known if part) or party_name(officer)


@blueprint.get("/desk/files/<number>/steps/<name>")
@needs(Can.SEE_QUEUE, Can.ANSWER_FOR_THE_SERVICE)
@personal
def step(number: str, name: str) -> Page:
    way = WayIn(number)
    wanted = way.step(name)
    blocked = bool(_in_the_way(way, wanted))
    form = way.form(wanted)
    form.begin_with(request.args)
    page = _page(way, wanted, form, blocked=blocked)
    return refused(page) if blocked else page


@blueprint.post("/desk/files/<number>/steps/<name>")
@needs(Can.SEE_QUEUE, Can.ANSWER_FOR_THE_SERVICE)
@personal
def take(number: str, name: str) -> Page:
    way = WayIn(number)
    wanted = way.step(name)
    form = way.form(wanted)
    if form.seen_version == way.complaint.version and not _fits(way, wanted, form):
        return unfit(_page(way, wanted, form))
    return _taken(way, wanted, form)


def _fits(way: WayIn, wanted: Step, form: StepForm) -> bool:
    """Whether the answers fit the file. One that changed while they were looked at is not theirs to fit."""
    fits = form.fits(way.complaint, wanted, by=me(), on=day_of(way.complaint))
    return fits or form.seen_version != version_now(way.complaint)


def _taken(way: WayIn, wanted: Step, form: StepForm) -> Page:
    number = way.complaint.number
    try:
        with writing():
            proposal = take_step(
                WayIn(number).complaint,
                wanted.name,
                form.answers(),
                by=me(),
                at=clock.now(),
                seen_version=form.seen_version,
            )
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    except BadAnswers as bad:
        form.blame(bad.problems)
        return unfit(_page(WayIn(number), wanted, form))
    except (Stale, Refused) as refusal:
        return refused(_as_it_stands(number, wanted, str(refusal.reason)))
    return _said(way, number, wanted, proposed=proposal is not None)


def _as_it_stands(number: str, wanted: Step, reason: str) -> str:
    """The step's page drawn anew from the file as it is now, with what was typed."""
    way = WayIn(number)
    form = way.form(wanted)
    form.take_version(way.complaint)
    return _page(way, wanted, form, t(reason))


def _said(way: WayIn, number: str, wanted: Step, *, proposed: bool) -> Response:
    """Say that it is done. After the commit, to ask the file for its number would read the whole of it."""
    label = t(wanted.label)
    words = N_("Proposed: %(step)s. It waits for a second person.") if proposed else N_("Done: %(step)s.")
    endpoint = "desk.liaison_file" if way.is_liaison else "desk.file"
    return done(t(words, step=label), endpoint, number=number)


def _in_the_way(way: WayIn, wanted: Step) -> tuple[str, ...]:
    return refusals(way.complaint, wanted, signed_in_person(), on=day_of(way.complaint))


def _page(way: WayIn, wanted: Step, form: StepForm, refusal: str = "", *, blocked: bool = False) -> str:
    """The step's page. Where it is `blocked` and nothing was typed, the form would only disappoint."""
    reasons = [refusal] if refusal else []
    reasons += [reason for reason in _in_the_way(way, wanted) if reason not in reasons]
    return render_template(
        "desk/file/step.html",
        complaint=way.complaint,
        step=wanted,
        form=form,
        reasons=reasons,
        blocked=blocked,
        back=way.back,
        is_liaison=way.is_liaison,
        consequences=consequences(way.complaint, wanted),
        panel=_panel(way, wanted),
        allegation_name=allegation_name,
    )


def _panel(way: WayIn, wanted: Step) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the panel found, beside a decision on it."""
    is_decision = "decide_as_the_panel" in wanted.does or "decide_otherwise" in wanted.does
    return panel_findings_by_allegation(way.complaint) if is_decision else []
