"""Complaints of one bad night about a few incidents, answered and checked, as browsers hold them."""

import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from flask import Flask, Response
from flask.sessions import SecureCookieSession
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert, select

from bench.kept import Office
from oversight.casework.actions.filing import hash_of_key
from oversight.intake import sitting
from oversight.intake.course import Answers
from oversight.intake.filing import Counter, written_filing
from oversight.intake.models import Draft
from oversight.kit import clock
from oversight.kit.db import session, writing
from oversight.kit.pages import browser_session
from tests.intake.visitor import Visitor

INCIDENTS = 13
SCENES = ("They pushed us back", "I was hit", "A man beside me fell", "They took my phone", "There was gas")


@dataclass(frozen=True)
class Held:
    """What one browser holds: its cookie, the form on its screen, and its address."""

    cookie: str
    form: str
    address: str


def held_drafts(office: Office, how_many: int) -> list[dict[str, str]]:
    """So many drafts, written into the office, each with what its browser holds."""
    Visitor(office.app).answer_all()
    with office.app.test_request_context():
        token, secret = generate_csrf(), browser_session()["csrf_token"]
    with office.app.app_context():
        drafts = list(_drafts(how_many))
        _write(drafts)
        where = Counter(office.settings.place, clock.today(office.app.config["ZONE"]), "en")
        return [
            asdict(_held(office.app, draft, where, token, secret, place))
            for place, draft in enumerate(drafts)
        ]


def _drafts(how_many: int) -> Iterator[Draft]:
    """The answers of the visitor who was last here, each time in other words and from somebody else."""
    newest = select(Draft).order_by(Draft.touched_at.desc()).limit(1)
    told: Answers = session().scalars(newest).one().answers
    chance = random.Random(7)
    for number in range(how_many):
        draft = Draft(touched_at=clock.now())
        scene = f"{' and '.join(chance.sample(SCENES, 2))} at corner {number % INCIDENTS}."
        draft.answers = {
            **told,
            "narrative": f"{scene} I was number {number} there.",
            "place": f"Corner {number % INCIDENTS}",
            "name": f"Somebody {number}",
            "email": f"somebody-{number}@elsewhere.example",
        }
        yield draft


def _write(drafts: list[Draft]) -> None:
    rows = [
        {"id": draft.id, "touched_at": draft.touched_at, "answers_sealed": draft.answers_sealed}
        for draft in drafts
    ]
    with writing() as current:
        current.execute(insert(Draft), rows)


def _held(app: Flask, draft: Draft, where: Counter, token: str, secret: str, place: int) -> Held:
    kept = SecureCookieSession({sitting.DRAFT: str(draft.id), "csrf_token": secret})
    kept.modified = True
    answer = Response()
    app.session_interface.save_session(app, kept, answer)
    form = {
        "csrf_token": token,
        "form_key": hash_of_key(str(draft.id)).hex(),
        "checked": written_filing(draft, where).digest.hex(),
    }
    address = f"10.{place // 62500}.{place // 250 % 250}.{place % 250 + 1}"
    return Held(answer.headers["Set-Cookie"].partition(";")[0], urlencode(form), address)
