"""The language of a page, and dates as the office's place writes them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from oversight.kit import i18n
from oversight.kit.i18n import current_language, in_language, local_day, local_share, with_detail

pytestmark = pytest.mark.one_database
AT = datetime(2026, 7, 1, 4, 5, tzinfo=UTC)
SHOWN = "{{ day|localdate }}; {{ at|localdate }}; {{ at|localtime }}; {{ at|localmonth }}; {{ no|localdate }}"


@pytest.fixture
def app() -> Flask:
    app = Flask("tests.bare_app")
    app.config["ZONE"] = "America/Edmonton"
    i18n.init_app(app)
    app.add_url_rule("/", view_func=current_language)
    return app


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, None, "en"),
        (None, "fr-CA,en;q=0.5", "fr"),
        (None, "en,fr;q=0.5", "en"),
        (None, "de", "en"),
        ("fr", "en", "fr"),
        ("en", "fr", "en"),
        ("xx", "fr", "fr"),
        ("../../etc", None, "en"),
    ],
)
def test_the_cookie_decides_then_the_browser(
    app: Flask, cookie: str | None, accepted: str | None, language: str
) -> None:
    visitor = app.test_client()
    if cookie:
        visitor.set_cookie("language", cookie)
    assert visitor.get("/", headers={"Accept-Language": accepted} if accepted else {}).text == language


def shown(app: Flask) -> str:
    words = app.jinja_env.from_string(SHOWN).render(day=date(2026, 11, 21), at=AT, no=None)
    return words.replace("\u202f", " ").replace("\xa0", " ")


def test_dates_are_those_of_the_place_in_the_language_of_the_page(app: Flask) -> None:
    with app.app_context():
        assert shown(app) == ("November 21, 2026; June 30, 2026; June 30, 2026, 10:05 p.m.; June 2026; ")
    with app.app_context(), in_language("fr"):
        assert shown(app) == "21 novembre 2026; 30 juin 2026; 30 juin 2026, 22 h 05; juin 2026; "


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0.214, "21.4%", "21,4 %"),
        (0, "0.0%", "0,0 %"),
        (1 / 3000, "<0.1%", "< 0,1 %"),
        (0.0006, "0.1%", "0,1 %"),
        (2998 / 3000, "99.9%", "99,9 %"),
        (2999 / 3000, ">99.9%", "> 99,9 %"),
        (1.0, "100.0%", "100,0 %"),
    ],
)
def test_a_share_that_is_not_none_or_all_is_never_written_so(
    app: Flask, share: float, english: str, french: str
) -> None:
    with app.app_context():
        assert local_share(share) == english
        with in_language("fr"):
            assert local_share(share).replace("\xa0", " ") == french


def test_the_first_of_a_month_is_an_ordinal_in_french(app: Flask) -> None:
    with app.app_context(), in_language("fr"):
        assert local_day(date(2026, 3, 1)).replace("\xa0", " ") == "1er mars 2026"
        assert local_day(date(2026, 3, 11)).replace("\xa0", " ") == "11 mars 2026"


def test_a_colon_stands_as_the_language_spaces_it(app: Flask) -> None:
    with app.app_context():
        assert with_detail("Dismissed", "Out of time") == "Dismissed: Out of time"
        assert with_detail("Dismissed", "") == "Dismissed"
    with app.app_context(), in_language("fr"):
        assert with_detail("Rejet", "Hors délai") == "Rejet\N{NO-BREAK SPACE}: Hors délai"


def test_mail_is_written_in_its_readers_language_and_the_page_stays_in_its_own(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        with in_language("en"):
            assert current_language() == "en"
        assert current_language() == "fr"
        with in_language("tlh"):
            assert current_language() == "en"


def test_nothing_translates_to_nothing(app: Flask) -> None:
    with app.app_context():
        assert i18n.t("") == ""
        assert i18n.t(None) == ""
        assert i18n.t("100% of them") == "100% of them"
        assert i18n.t("%(count)s files", count=3) == "3 files"


def test_templates_know_the_language(app: Flask) -> None:
    with app.app_context(), in_language("fr"):
        context: dict[str, str] = {}
        app.update_template_context(context)
        assert context["language"] == "fr"
