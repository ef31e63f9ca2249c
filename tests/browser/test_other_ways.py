"""The same way in French, and filing with nothing but the keys of a keyboard."""

import pytest
from sqlalchemy import select

from oversight.kit.db import session
from oversight.outbox.models import StoredNotice
from tests.cast import BEA
from tests.journey import SUMMARY, TOLD, Journey, of_every_allegation
from tests.visitors import Visitor

pytestmark = pytest.mark.one_database

RECIT = "L’agent m’a arrêtée en rentrant et n’a pas voulu dire pourquoi."


def test_someone_who_reads_french(journey: Journey) -> None:
    visitor = journey.someone("the complainant", locale="fr-CA")
    visitor.opens("/complaint/")
    visitor.presses_main()
    journey.answers_the_questions(visitor, {**TOLD, "narrative": RECIT})
    visitor.sees(RECIT)
    visitor.presses_main()
    journey.keeps_the_code(visitor)
    journey.is_assessed()
    because = {"ground": "no_jurisdiction", "reason": "Elsewhere."}
    letter = {"to_complainant": "Nous ne pouvons pas continuer. Voici pourquoi."}
    journey.takes("dismiss", by=BEA, **of_every_allegation(**because) | letter)
    journey.follows_it().sees(letter["to_complainant"], "Le résultat")
    assert reads_french(visitor)
    assert notices_to(journey, TOLD["email"]) == {"fr"}
    journey.is_published()
    reader = journey.someone("quelqu’un", locale="fr-CA")
    reader.opens("/outcomes")
    reader.follows(SUMMARY["title.fr"])
    reader.sees(SUMMARY["what_happened.fr"])
    reader.does_not_see(SUMMARY["what_happened.en"])
    assert reads_french(reader)


def test_the_language_is_switched_where_one_stands(journey: Journey) -> None:
    visitor = journey.someone()
    visitor.opens("/help/words")
    visitor.presses("Français")
    assert visitor.page.url.endswith("/help/words")
    assert reads_french(visitor)
    visitor.presses("English")
    assert not reads_french(visitor)


def test_filing_by_keyboard_alone(journey: Journey) -> None:
    visitor = journey.someone()
    visitor.opens("/complaint/")
    tab_to(visitor, "main button.button-main")
    enter(visitor)
    while "/questions/" in visitor.page.url:
        answer_by_keyboard(visitor)
        tab_to(visitor, "main button.button-main")
        enter(visitor)
    visitor.sees("It was so.")
    tab_to(visitor, "main button.button-main")
    enter(visitor)
    visitor.sees("We have your complaint")
    assert visitor.reads_the_code()


def reads_french(visitor: Visitor) -> bool:
    """Whether the page says that it is in French."""
    return visitor.page.locator("html").get_attribute("lang") == "fr"


def notices_to(journey: Journey, address: str) -> set[str]:
    """The languages of the letters to an address."""
    with journey.server.app.app_context():
        return {each.language for each in session().scalars(select(StoredNotice)) if each.to == address}


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until that is where one is, and can be seen to be."""
    for _ in range(80):
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
        visitor.page.keyboard.press("Tab")
    else:
        raise AssertionError(f"no Tab leads to {selector} on {visitor.page.url}")
    seen = visitor.page.evaluate(
        "[document.activeElement, document.activeElement.closest('.option')]"
        ".some(shown => shown && getComputedStyle(shown).outlineStyle != 'none')"
    )
    assert seen, f"nothing shows that one is at {selector} on {visitor.page.url}"


def enter(visitor: Visitor) -> None:
    """Press Enter, and look at what comes."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.looks_at_it()


def answer_by_keyboard(visitor: Visitor) -> None:
    """Fill in this question: letters are typed, boxes ticked by Space, radios chosen by arrows."""
    told = {**TOLD, "narrative": "It was so."}
    fields = visitor.page.locator("main [name]").evaluate_all(
        "all => all.map(field => [field.name, field.type])"
    )
    for name, kind in dict(fields).items():
        if name not in told or kind == "hidden":
            continue
        tab_to(visitor, f'[name="{name}"]')
        if kind == "checkbox":
            visitor.page.keyboard.press("Space")
        elif kind == "radio":
            choose_by_arrows(visitor, name, told[name])
        else:
            visitor.page.keyboard.type(told[name])


def choose_by_arrows(visitor: Visitor, name: str, value: str) -> None:
    """Choose among radios: Space for the first, and then the arrow that leads down."""
    visitor.page.keyboard.press("Space")
    for _ in range(20):
        if visitor.page.locator(f'[name="{name}"]:checked').get_attribute("value") == value:
            return
        visitor.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {value} of {name}")
