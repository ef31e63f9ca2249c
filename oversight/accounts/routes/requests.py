"""Proposed roles, and the second person's decision on each."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.accounts.actions import approve_request, decline_request
from oversight.accounts.models import RoleRequest
from oversight.accounts.queries import request_with_id, waiting_requests
from oversight.accounts.refusals import NotAllowed
from oversight.accounts.routes.blueprint import blueprint, done
from oversight.kit.clock import now
from oversight.kit.paging import keyset_page
from oversight.rules.roles import ROLE_LABELS, Can

Page = str | tuple[str, int] | Response


@blueprint.get("/people/requests")
@needs(Can.APPROVE_GRANTS, Can.MANAGE_PEOPLE, fresh=True)
def requests() -> str:
    return _list()


@blueprint.post("/people/requests/<uuid:request_id>/approve")
@needs(Can.APPROVE_GRANTS, fresh=True)
def approve(request_id: uuid.UUID) -> Page:
    wanted, by = _found(request_id), signed_in_person()
    refusal = done(lambda: approve_request(wanted, by=by, at=now()))
    return _answer(refusal, gettext("The role is granted."))


@blueprint.post("/people/requests/<uuid:request_id>/decline")
@needs(Can.APPROVE_GRANTS, fresh=True)
def decline(request_id: uuid.UUID) -> Page:
    wanted, by = _found(request_id), signed_in_person()
    refusal = done(lambda: decline_request(wanted, by=by, at=now()))
    return _answer(refusal, gettext("The role is not granted."))


def _found(request_id: uuid.UUID) -> RoleRequest:
    return request_with_id(request_id) or abort(HTTPStatus.NOT_FOUND)


def _answer(refusal: NotAllowed | None, words: str) -> Page:
    if refusal:
        return _list(refusal), HTTPStatus.CONFLICT
    flash(words)
    return redirect(url_for("accounts.requests"), HTTPStatus.SEE_OTHER)


def _list(refusal: NotAllowed | None = None) -> str:
    page = keyset_page(waiting_requests(), (RoleRequest.id,), request.args.get("after"))
    me = signed_in_person()
    return render_template(
        "accounts/requests.html",
        page=page,
        me=me,
        may_decide=me.can(Can.APPROVE_GRANTS),
        labels=ROLE_LABELS,
        refusal=refusal,
    )
