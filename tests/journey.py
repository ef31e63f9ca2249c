"""One complaint's way through the office, in a browser: each person acts on the pages they really have.

Nobody's browser runs scripts, every screen is 360 pixels wide, and no page may scroll sideways.
"""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import Browser
from sqlalchemy import select

from oversight.casework.models import Complaint
from oversight.jobs.rounds import make_round
from oversight.kit.clock import now
from oversight.kit.db import session
from oversight.rules.workflow import STANDARD_FILE
from tests.browsers import visit
from tests.cast import BEA, INES, IVAN, LOU, PASSWORD, PAULA, STAFF, Person, the
from tests.factories import sitting_on
from tests.offices import LiveServer
from tests.timetravel import TravellingClock
from tests.visitors import EVERYTHING, THE_FIRST, Visitor

NARROW: Mapping[str, Any] = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}

TOLD: Mapping[str, Any] = {
    "happened_on-day": "14",
    "happened_on-month": "3",
    "happened_on-year": "2026",
    "still_going_on": "no",
    "place": "The corner by the library",
    "officer_status": "known_officer",
    "officer_name": "Perrin Oakeshott",
    "officer_badge": "70553",
    "context": "street_check",
    "duty": "on",
    "bias_alleged": "no",
    "wish": "An apology.",
    "relation": "affected",
    "anonymous": "no",
    "name": "Maribel Thornquist",
    "email": "maribel@elsewhere.example",
    "consent_to_mail": True,
    "phone": "403-555-0188",
}
"""What the complainant answers, where a story says nothing else."""

LETTER = "We looked at what you told us. This is what we decided, and why."
SUMMARY: Mapping[str, str] = {
    "title.en": "Words on the way home",
    "title.fr": "Des mots sur le chemin du retour",
    "what_happened.en": "Someone was spoken to on the way home and told us how it was.",
    "what_happened.fr": "Une personne a été interpellée en rentrant chez elle et nous a dit comment c’était.",
    "what_was_found.en": "We say here what was found, and why.",
    "what_was_found.fr": "Nous disons ici ce qui a été constaté, et pourquoi.",
    "what_was_done.en": "We say here what was done about it.",
    "what_was_done.fr": "Nous disons ici ce qui a été fait.",
}
DEPARTURE: Mapping[str, str] = {
    "why_departed.en": "The recording showed more than the panel could read.",
    "why_departed.fr": "L’enregistrement montrait plus que ce que le comité a pu lire.",
}


class Journey:
    """A complaint from filing to its published outcome, and everyone who has a hand in it."""

    number = receipt = reference = ""

    def __init__(self, browser: Browser, server: LiveServer, clock: TravellingClock) -> None:
        """Everyone who works here is hired. `clock` is the one the office looks at."""
        self.browser, self.server, self.clock = browser, server, clock
        self.ending = ExitStack()
        self.visitors: dict[str, Visitor] = {}
        self.signed_in: set[Person] = set()
        with server.app.app_context():
            for person in STAFF:
                the(person)

    def __enter__(self) -> "Journey":
        return self

    def __exit__(self, *problem: Any) -> None:
        self.ending.__exit__(*problem)

    # --- people -------------------------------------------------------------------------------------

    def someone(self, name: str = "the public", **manner: Any) -> Visitor:
        """Someone without an account, on a phone of their own; the same one for the same name."""
        if name not in self.visitors:
            page = self.ending.enter_context(visit(self.browser, self.server.url, **{**NARROW, **manner}))
            self.visitors[name] = Visitor(page)
        return self.visitors[name]

    def be(self, person: Person) -> Visitor:
        """That member of staff, signed in."""
        visitor = self.someone(person.name)
        if person not in self.signed_in:
            visitor.opens("/sign-in")
            visitor.fills_in(email=person.email, password=PASSWORD)
            visitor.presses_main()
            assert "/sign-in" not in visitor.page.url, visitor.text
            self.signed_in.add(person)
        return visitor

    def days_pass(self, days: int) -> None:
        """Weeks go by: the office's clockwork makes its round, and everyone has to sign in anew."""
        self.clock.pass_days(days)
        with self.server.app.app_context():
            make_round(at=now())
        self.everyone_has_to_come_in_anew()

    def everyone_has_to_come_in_anew(self) -> None:
        """Everybody's browser forgets who they are."""
        for visitor in self.visitors.values():
            visitor.page.context.clear_cookies()
        self.signed_in.clear()

    # --- the complainant ------------------------------------------------------------------------------

    def files(self, narrative: str, **answers: Any) -> None:
        """Someone tells what happened on the public pages, and keeps the number and the code."""
        visitor = self.someone("the complainant")
        visitor.opens("/")
        visitor.follows("File a complaint")
        visitor.presses("Start")
        self.answers_the_questions(visitor, {**TOLD, "narrative": narrative, **answers})
        visitor.sees(narrative)
        visitor.presses("Send")
        self.keeps_the_code(visitor)

    def answers_the_questions(self, visitor: Visitor, answers: Mapping[str, Any]) -> None:
        """One question a page, whatever is asked, until there is nothing left but to check."""
        while "/questions/" in visitor.page.url:
            asked = visitor.page.locator("main [name]").evaluate_all("all => all.map(field => field.name)")
            visitor.fills_in(**{name: answers[name] for name in dict.fromkeys(asked) if name in answers})
            before = visitor.page.url
            visitor.presses_main()
            assert visitor.page.url != before, f"this was not taken:\n{visitor.text}"

    def keeps_the_code(self, visitor: Visitor) -> None:
        """Write down the number and the receipt code, and say so."""
        found = re.search(r"\b\d{4}-\d{5}\b", visitor.text)
        assert found, visitor.text
        self.number, self.receipt = found[0], visitor.reads_the_code()
        visitor.page.locator("main button.button-main").first.click()
        visitor.does_not_see(self.receipt)

    def follows_it(self, code: str = "") -> Visitor:
        """The complainant opens the file's page with the receipt code."""
        visitor = self.someone("the complainant")
        visitor.opens("/status")
        if visitor.page.locator("[name=code]").count():
            visitor.fills_in(code=code or self.receipt)
            visitor.presses_main()
        visitor.sees(self.number)
        return visitor

    # --- steps at the desk ----------------------------------------------------------------------------

    def opens_the_file(self, person: Person, part: str = "") -> Visitor:
        """Someone at the desk opens the file."""
        visitor = self.be(person)
        visitor.opens(f"/desk/files/{self.number}{part}")
        return visitor

    def takes(self, step: str, by: Person, second: Person | None = None, **answers: Any) -> None:
        """Someone at the desk takes a step; where it needs a second person, they approve it."""
        label = STANDARD_FILE.step(step).label
        visitor = self.opens_the_file(by)
        visitor.follows(label)
        visitor.fills_in(**answers)
        visitor.presses(re.compile(re.escape(label)))
        assert visitor.page.url.endswith(f"/files/{self.number}"), f"{label} was not taken:\n{visitor.text}"
        if second is not None:
            visitor.sees("waits for a second person")
            self.approves(second, label)

    def approves(self, person: Person, label: str) -> None:
        """The second person opens what waits for them, and approves it."""
        visitor = self.be(person)
        visitor.opens("/desk/approvals")
        visitor.follows(re.compile(re.escape(label)))
        visitor.presses(f"Approve: {label}")
        visitor.sees("Approved, and done.")

    def codes_the_allegation(self, by: Person, code: str) -> None:
        """Someone says what, in the law's words, is alleged."""
        visitor = self.opens_the_file(by, "/allegations")
        visitor.page.locator('main a[href*="/allegations/"]').first.click()
        visitor.fills_in(code=code)
        visitor.presses_main()

    def names_the_officer(self, by: Person) -> None:
        """Someone adds the officer whom the search found, and says that the allegation is about them."""
        visitor = self.opens_the_file(by, "/people")
        visitor.follows("Add a person")
        visitor.fills_in(kind="subject", subject_kind="known_officer", name="Perrin Oakeshott", badge="70553")
        visitor.presses_main()
        visitor.opens(f"/desk/files/{self.number}/allegations")
        visitor.page.locator('main a[href*="/allegations/"]').first.click()
        officer = visitor.page.locator("[name=subject] option").last.get_attribute("value")
        visitor.fills_in(subject_kind="known_officer", subject=officer)
        visitor.presses_main()

    def gives_a_code_to_another_complainant(self, by: Person) -> str:
        """A second person joins the complaint at the desk, and is given a receipt code of their own."""
        visitor = self.opens_the_file(by, "/people")
        visitor.follows("Add a person")
        visitor.fills_in(kind="complainant", name="Anselm Birdwhistle", phone="403-555-0144")
        visitor.presses_main()
        visitor.follows(re.compile("Give a receipt code"))
        visitor.fills_in(checked=True)
        visitor.presses_main()
        return visitor.reads_the_code()

    # --- the long way ---------------------------------------------------------------------------------

    def is_assessed(self, code: str = "discreditable_conduct") -> None:
        """Ines takes the file and codes what is alleged."""
        self.takes("begin_assessment", by=INES)
        self.codes_the_allegation(INES, code)

    def is_investigated(self, level: str = "2") -> None:
        """Ivan investigates: the officer is told, and answers through Lou."""
        self.takes("open_investigation", by=INES, level=level, investigator=THE_FIRST)
        self.takes("tell_the_officer", by=IVAN, officer=THE_FIRST)
        self.liaison_brings_the_officers_side()
        self.gets_a_review_copy(IVAN)

    def liaison_brings_the_officers_side(self) -> None:
        """Lou reads which officer it is, and brings their answer; nothing says who complained."""
        visitor = self.be(LOU)
        visitor.opens("/desk/liaison")
        visitor.follows(self.number)
        visitor.sees("Perrin Oakeshott")
        visitor.does_not_see("Thornquist", "maribel@")
        label = STANDARD_FILE.step("record_the_officers_response").label
        visitor.follows(label)
        visitor.fills_in(officer=THE_FIRST, response_kind="response", response="I asked for a name.")
        visitor.presses(label)

    def gets_a_review_copy(self, by: Person) -> None:
        """Someone writes what the panel reads, with roles in place of names."""
        visitor = self.opens_the_file(by, "/review")
        visitor.follows("Write a copy")
        visitor.fills_in(title="What was told", text="Officer A spoke to the complainant.", ready=True)
        visitor.presses_main()

    def is_reviewed(self, finding: str) -> None:
        """The file goes to a panel drawn by lot; each reviewer declares, reads and finds."""
        self.takes("send_to_review", by=IVAN)
        for reviewer in self.panel():
            self.finds(reviewer, finding)

    def panel(self) -> list[Person]:
        """Those whom the lot has drawn."""
        with self.server.app.app_context():
            return sitting_on(session().scalars(select(Complaint)).one())

    def finds(self, reviewer: Person, finding: str) -> None:
        """A reviewer says that they have no conflict, reads the copy, and gives a finding with reasons."""
        visitor = self.be(reviewer)
        visitor.opens("/review")
        visitor.follows(f"File {self.number}")
        visitor.fills_in(declaration="none")
        visitor.presses_main()
        visitor.sees("Officer A spoke to the complainant.")
        visitor.does_not_see("Thornquist", "Oakeshott", "maribel@")
        visitor.fills_in(**{"finding:*": finding, "reasons:*": "So the copy shows."})
        visitor.presses("Submit my findings")
        visitor.sees("Your findings are submitted.")

    # --- the ending -----------------------------------------------------------------------------------

    def is_published(self, **more: str) -> None:
        """The window closes; Paula writes the summary, Bea approves it, Paula publishes it."""
        self.days_pass(45)
        paula, bea = self.be(PAULA), self.be(BEA)
        paula.opens("/publication")
        paula.follows(self.number)
        paula.does_not_see("Thornquist", "Oakeshott", "maribel@")
        paula.presses("Begin the summary")
        paula.fills_in(**SUMMARY, **more)
        paula.presses("Save the draft")
        bea.opens("/publication?part=in-work")
        bea.follows(SUMMARY["title.en"])
        bea.presses("Approve")
        paula.opens("/publication?part=in-work")
        paula.follows(SUMMARY["title.en"])
        paula.presses("Publish")
        self.reference = paula.page.url.rsplit("/", 1)[1]

    def is_read_by_the_public(self, *words: str) -> None:
        """Somebody else reads the outcome, which names nobody; the complainant finds it on their page."""
        reader = self.someone("a reader")
        reader.opens("/outcomes")
        reader.follows(SUMMARY["title.en"])
        assert reader.page.url.endswith(f"/outcomes/{self.reference}")
        reader.sees(SUMMARY["what_happened.en"], *words)
        reader.does_not_see(self.number, "Thornquist", "Oakeshott", "70553")
        self.follows_it().follows("Read the published outcome")


def of_every_allegation(**answers: Any) -> dict[str, Any]:
    """The answers of a step that asks which allegations it is about: all of them."""
    return {"allegations": EVERYTHING, "to_complainant": LETTER, **answers}
