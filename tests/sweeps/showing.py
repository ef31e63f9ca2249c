"""All that the office shows, as those ask for it who may see it: every endpoint, and of what it shows it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from flask import Flask
from werkzeug.test import TestResponse

from oversight.accounts.access import access_of
from oversight.accounts.links import one_time_path
from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.queries.facts import facts_of
from oversight.casework.queries.files import file_for_desk
from oversight.kit import clock
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.roles import Can
from tests.busy_office import IRIS
from tests.cast import BEA, INES, IVAN, REVIEWERS, signed_in, the
from tests.intake.test_assisted import TOLD, sent
from tests.intake.visitor import ANSWERS, Visitor
from tests.pages import hidden_fields, submit
from tests.sweeps.conftest import Busy
from tests.sweeps.test_access import COLUMNS, address, cookies_of, endpoints, rows, visitors

Cookies = list[tuple[str, str]]

SHOWN = {"GET": ("200",), "POST": ("200", "409", "422")}
"""How a page is answered: what was sent may be wrong, or too late, and is then shown again."""
WITHHELD = ("303", "404")
"""How one is answered that is not there for what it was asked of."""
NOTHING = {"filled": "in nothing"}
VIEWS = {
    "desk.calendar": ("year=2027",),
    "desk.ledger": ("kind=edition.proposed", "subject=calendar:CA-AB"),
    "desk.queue": ("mine=y", "ended=y", "news=y", "state=investigation", "imported=only", "due=overdue"),
    "publication.desk": ("part=in-work", "part=to-decide", "part=published"),
}
"""Lists that are narrowed, or chosen, by what follows in their address."""
CHANGING = {Can.EDIT_FILES, Can.ASSIGN_FILES}
"""Who has these is shown forms, which are the same for files in any state."""
WITH_OUTCOMES = "to_"
"""How those files are called that differ from others by their outcomes alone."""
IN_SILENCE = nullcontext()
RENEWED = "referred"
"""A file of which nobody shows the receipt: a new one is given out for it."""
WITH_A_PANEL = {"civilian_review", "decision", "resolved", "reconsideration"}
OFFICER_TOLD = WITH_A_PANEL | {"investigation", "officer_told"}
ENDED = {
    *("resolved", "dismissed", "closed_without_finding", "withdrawn"),
    *("to_correct", "to_approve", "to_draft", "to_publish"),
}
"""Files that ended here, and whose receipt is shown."""
GOING_ON = (OFFICER_TOLD - ENDED) | {
    *("received", "assessment", "coded", "early_resolution", "held", "officer_to_tell", "waiting"),
}
"""Files that nobody has asked to withdraw yet."""
READY = {"ready"}
ONLY_OF = {
    "desk.former": {"imported", "imported_ended"},
    "desk.liaison_file": OFFICER_TOLD,
    "intake.another_look": ENDED,
    "intake.withdraw": GOING_ON,
    "publication.file": ENDED | {RENEWED},
    "publication.outcome": {"published", "correcting"},
    **dict.fromkeys(("reports.draft", "reports.draft_part", "reports.proof"), READY),
    **dict.fromkeys(("review.conflict", "review.file", "review.question"), WITH_A_PANEL),
}
"""Pages that are there for some files, outcomes or editions alone, and for which; others are for each."""


@dataclass(frozen=True)
class Page:
    """One page, and who asks for it."""

    method: str
    endpoint: str
    path: str
    who: str
    cookies: tuple[tuple[str, str], ...]
    form: str = ""
    """Where the form is, whose hidden fields are sent too."""
    data: tuple[tuple[str, str], ...] = ()
    of: str = field(default="", compare=False)
    """The file, outcome or edition that it was chosen to show, by its key in the busy office."""

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}, {self.path}{self.of and f' ({self.of})'}, to {self.who}"

    @property
    def withheld(self) -> bool:
        """Whether there is no such page of what it was asked of."""
        return self.of not in ONLY_OF.get(self.endpoint, {self.of}) if self.of else False

    def ask(self, app: Flask, meanwhile: AbstractContextManager[object] = IN_SILENCE) -> TestResponse:
        """The answer; `meanwhile` is entered once all is ready to ask."""
        client = app.test_client()
        for name, value in self.cookies:
            client.set_cookie(name, value)
        hidden = hidden_fields(client.get(self.form).text) if self.form else {}
        with meanwhile:
            return client.open(self.path, method=self.method, data={**hidden, **dict(self.data)} or None)

    def is_due(self, status: int) -> bool:
        """Whether it is to be answered so: with a page, unless it is withheld."""
        return str(status) in (WITHHELD if self.withheld else SHOWN[self.method])


@dataclass
class Gallery:
    """Who may come to a busy office, and the pages there are for them."""

    busy: Busy
    cookies: dict[str, Cookies]

    def all(self) -> list[Page]:
        """Each page once, those first that say what they are of."""
        found = (
            *self.of_every_file(),
            *self.of_every_step(),
            *self.of_every_receipt(),
            *self.of_every_edition_and_outcome(),
            *self.of_every_endpoint(),
            *self.of_those_who_file(),
            *self.of_one_thing_alone(),
        )
        return list(dict.fromkeys(found))

    def of_every_endpoint(self) -> Iterator[Page]:
        """Every endpoint, to the first and the last of those to whom the table of access shows something."""
        for method, endpoint in endpoints(self.busy.app):
            for who in first_and_last(method, endpoint):
                yield self.page(endpoint, who, method=method)
                for view in VIEWS.get(endpoint, ()):
                    yield self.page(endpoint, who, f"{address(self.busy, endpoint)}?{view}")

    def of_every_file(self) -> Iterator[Page]:
        """Each page that tells of a file, of each file."""
        for endpoint in self.naming("number"):
            access = access_of(self.busy.app, endpoint)
            telling = access is not None and not access.powers & CHANGING
            for key, seated in self.busy.there.seated.items() if telling else ():
                if key.startswith(WITH_OUTCOMES) and not endpoint.startswith("publication."):
                    continue
                reviews = endpoint.startswith("review.") and seated
                who = seated[0].name if reviews else first_and_last("GET", endpoint)[0]
                yield self.page(endpoint, who, address(self.busy, endpoint, key), of=key)

    def of_every_step(self) -> Iterator[Page]:
        """The form of each step, where somebody can take it."""
        offered: dict[str, tuple[str, str]] = {}
        with self.busy.app.app_context():
            for key, number in self.busy.there.numbers.items():
                for person in (INES, IVAN, BEA):
                    for step in open_steps(number, the(person)):
                        offered.setdefault(step, (key, person.name))
        for step, (key, who) in offered.items():
            yield self.page("desk.step", who, address(self.busy, "desk.step", key, name=step))

    def of_every_receipt(self) -> Iterator[Page]:
        """What whoever complained sees of each file, and their ways on from there."""
        for key in sorted(self.busy.there.receipts.keys() - {RENEWED}):
            client, who = self.busy.app.test_client(), f"who filed {key}"
            submit(client, "/status", code=self.busy.there.receipts[key])
            self.cookies[who] = cookies_of(client)
            for endpoint in ("intake.status_file", "intake.withdraw", "intake.another_look"):
                yield self.page(endpoint, who, of=key)
        yield self.page("intake.another_look", "who filed resolved", method="POST")

    def of_every_edition_and_outcome(self) -> Iterator[Page]:
        """Each page about an edition or an outcome, of one in each state."""
        named = {"edition_id": self.busy.there.ids["edition_id"], "reference": self.busy.there.references}
        for argument, known in named.items():
            for endpoint in self.naming(argument):
                for key, each in known.items():
                    path = address(self.busy, endpoint, **{argument: each})
                    yield self.page(endpoint, "Paula", path, of=key)

    def of_those_who_file(self) -> Iterator[Page]:
        """What is shown to those who write, or have sent, a complaint of their own, or another's."""
        writing, written = Visitor(self.busy.app), Visitor(self.busy.app)
        writing.answer_all()
        written.file()
        telling, told = signed_in(self.busy.app, INES), signed_in(self.busy.app, INES)
        for client in (telling, told):
            submit(client, address(self.busy, "intake.assisted_filing"), **TOLD)
        sent(told)
        for who, client, shown in (
            ("who writes", writing.client, ("before_you_start", "check")),
            ("who has sent", written.client, ("sent", "about_you")),
            ("who is told", telling, ("assisted_filing", "read_back")),
            ("who was told", told, ("filed_for_someone",)),
        ):
            self.cookies[who] = cookies_of(client)
            yield from (self.page(f"intake.{name}", who) for name in shown)
        for slug in ANSWERS:
            question = address(self.busy, "intake.question", slug=slug)
            yield self.page("intake.question", "who writes", question)
        check = address(self.busy, "intake.check")
        yield self.page("intake.send", "who writes", method="POST", form=check, checked="something else")

    def of_one_thing_alone(self) -> Iterator[Page]:
        """What is shown of one thing only, or to one person."""
        with self.busy.app.app_context():
            link = one_time_path(the(IRIS))
        for endpoint, method in (("accounts.new_password", "GET"), ("accounts.set_new_password", "POST")):
            yield self.page(endpoint, "nobody", link, method=method)
        colleague = self.busy.there.ids["person_id"]["colleague"]
        yield self.page("accounts.person", "Max", address(self.busy, "accounts.person", person_id=colleague))
        yield self.page("desk.open_by_number", "Ines", "/desk/open?number=1042")
        begun = address(self.busy, "publication.begin", "to_correct")
        yield self.page("publication.begin", "Paula", begun, method="POST")
        desk = address(self.busy, "desk.receipt", RENEWED)
        yield self.page("desk.issue_receipt", "Ines", desk, method="POST", form=desk, checked="y")

    def page(
        self,
        endpoint: str,
        who: str,
        path: str = "",
        *,
        method: str = "GET",
        form: str = "",
        of: str = "",
        **data: str,
    ) -> Page:
        """A page to somebody; where a form is sent that needs no answers, with nothing filled in."""
        where = path or address(self.busy, endpoint)
        given = data if data or method == "GET" else NOTHING
        return Page(method, endpoint, where, who, tuple(self.cookies[who]), form, tuple(given.items()), of)

    def naming(self, argument: str) -> list[str]:
        """The pages whose address names this and nothing that is chosen freely."""
        rules = [rule for rule in self.busy.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return sorted(
            {rule.endpoint for rule in rules if argument in rule.arguments and "name" not in rule.arguments}
        )


def gallery(busy: Busy) -> Gallery:
    """Everyone has come in."""
    reviewers = {each.name: cookies_of(signed_in(busy.app, each)) for each in REVIEWERS}
    return Gallery(busy, {**visitors(busy), **reviewers})


def open_steps(number: str, person: User) -> list[str]:
    """The steps of a file that nothing keeps this person from taking now; none where they may not see it."""
    file = file_for_desk(person, number)
    if file is None:
        return []
    book = rulebook(file.rulebook)
    facts = facts_of(file, by=acting.person(person), on=clock.today(book.time_zone))
    steps = book.file.steps_from(file.state, person.role_set)
    return [step.name for step in steps if not engine(book.slug, "file").refusals(step, facts)]


def first_and_last(method: str, endpoint: str) -> list[str]:
    """Two of those to whom the table of access shows something."""
    answers = zip(COLUMNS, rows()[f"{method} {endpoint}"], strict=True)
    let_in = [who for who, answer in answers if answer in SHOWN[method]]
    return list(dict.fromkeys([*let_in[:1], *let_in[-1:]]))
