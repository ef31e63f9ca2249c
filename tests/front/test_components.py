"""The page components: fields joined to their words and errors, everything typed shown again as text."""

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from oversight.kit.fields import LongText, PartsDateField, ShortText

CHOICES = [SelectChoice("a", "One"), SelectChoice("b", "Two")]
NO_CHOICE = SelectChoice("", "…")
NASTY = "<b>\"'&"


class Everything(Form):
    name = ShortText("Name", [InputRequired("Write a name.")], most=5, description="As in your passport")
    nick = ShortText("Nickname", [Optional()])
    story = LongText("Story", [InputRequired("Write a story.")], most=5)
    duty = RadioField("Duty", [InputRequired("Choose one.")], choices=CHOICES)
    kinds = SelectMultipleField("Kinds", [InputRequired("Choose some.")], choices=CHOICES)
    level = SelectField("Level", [InputRequired("Choose a level.")], choices=[NO_CHOICE, *CHOICES])
    consent = BooleanField("Agree", [InputRequired("Agree first.")])
    day = PartsDateField("Day", required=True, offers_about=True, offers_unknown=True)
    key = HiddenField("Key", [InputRequired("The key is missing.")])


SHOWN = {
    "field": "name",
    "field ": "story",
    "radios": "duty",
    "checkboxes": "kinds",
    "select": "level",
    "checkbox": "consent",
    "date": "day",
}


def rendered(app: Flask, source: str, **given: Any) -> str:
    with app.test_request_context():
        return app.jinja_env.from_string(source).render(**given)


def drawn(app: Flask, form: Form) -> str:
    """The whole form as a page shows it: summary first, then each field by its macro."""
    macros = {name.strip() for name in SHOWN} | {"error_summary"}
    lines = [f'{{% from "components/{name}.html" import {name} %}}' for name in sorted(macros)]
    lines += ["{{ error_summary(form) }}"]
    lines += [f"{{{{ {macro.strip()}(form.{field}) }}}}" for macro, field in SHOWN.items()]
    return rendered(app, "\n".join(lines), form=form)


@pytest.fixture
def refused(app: Flask) -> str:
    """A form sent empty, as it comes back."""
    form = Everything(MultiDict())
    assert not form.validate()
    return drawn(app, form)


def test_each_error_in_the_summary_leads_to_an_input(refused: str) -> None:
    summary, fields = refused.split("</ul>", 1)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["name", "story", "duty-0", "kinds-0", "level", "consent", "day-day"]
    for target in targets:
        assert re.search(rf'<(input|textarea|select)[^>]* id="{target}"', fields), target


def test_an_error_without_an_input_is_said_without_a_link(refused: str) -> None:
    assert "<li>The key is missing.</li>" in refused


def test_every_description_exists(refused: str) -> None:
    described = {one for ids in re.findall(r'aria-describedby="([^"]+)"', refused) for one in ids.split()}
    present = set(re.findall(r' id="([^"]+)"', refused))
    assert described
    assert described <= present


def test_every_input_has_a_label(refused: str) -> None:
    inputs = set(re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', refused))
    assert inputs <= set(re.findall(r'<label[^>]* for="([^"]+)"', refused))


def test_no_summary_when_nothing_is_wrong(app: Flask) -> None:
    assert "error-summary" not in drawn(app, Everything())


def test_what_was_typed_is_shown_again_as_text(app: Flask) -> None:
    typed = {"name": NASTY, "story": NASTY, "day-day": NASTY, "day-year": "٢٠٢٦", "duty": "b", "kinds": "a"}
    form = Everything(MultiDict(typed))
    form.validate()
    page = drawn(app, form)
    assert "<b>" not in page
    assert page.count("&lt;b&gt;&#34;&#39;&amp;") == 3
    assert 'value="٢٠٢٦"' in page
    assert re.search(r'<input checked[^>]* value="b"', page)
    assert re.search(r'value="a" checked', page)


def test_the_browser_is_not_left_to_judge_or_to_cut(refused: str) -> None:
    assert not re.search(r" required[ >]", refused)
    assert "maxlength" not in refused


def test_optional_fields_say_so(app: Flask) -> None:
    source = '{% from "components/field.html" import field %}{{ field(form.nick) }}{{ field(form.name) }}'
    assert rendered(app, source, form=Everything()).count("(optional)") == 1


def test_a_table_labels_its_cells_for_narrow_screens(app: Flask) -> None:
    source = (
        '{% from "components/table.html" import table %}'
        '{{ table("Files", ["File", "Days"], rows, numeric=[1]) }}'
    )
    page = rendered(app, source, rows=[[NASTY, 12]])
    assert '<td role="cell" data-label="Days" class="number">' in page
    assert '<th scope="row" role="rowheader">&lt;b&gt;' in page


@pytest.mark.parametrize(
    ("code", "groups"),
    [("ABCD-EFGH-J", ["ABCD", "EFGH", "J"]), ("ABCDEFGHJ", ["ABCD", "EFGH", "J"]), ("AB CD", ["AB", "CD"])],
)
def test_a_receipt_code_is_shown_in_groups(app: Flask, code: str, groups: list[str]) -> None:
    page = rendered(app, '{% from "components/receipt.html" import receipt %}{{ receipt(code) }}', code=code)
    assert re.findall(r"<span>(\w+)</span>", page) == groups


def test_the_public_line_says_where_it_is(app: Flask) -> None:
    source = (
        '{% from "components/progress_line.html" import progress_line %}'
        '{{ progress_line(["A", "B", "C"], n) }}'
    )
    page = rendered(app, source, n=1)
    assert page.count('aria-current="step"') == 1
    assert re.findall(r"\((done|now|still ahead)\)", page) == ["done", "now", "still ahead"]
    assert "aria-current" not in rendered(app, source, n=3)


def test_a_form_carries_its_token_and_its_hidden_fields(app: Flask) -> None:
    source = (
        '{% from "components/post_form.html" import post_form %}'
        "{% call post_form('/there', form=form) %}inside{% endcall %}"
    )
    page = rendered(app, source, form=Everything(key="k-1"))
    assert 'action="/there"' in page
    assert re.search(r'name="csrf_token" value="[^"]+"', page)
    assert 'name="key"' in page
    assert 'value="k-1"' in page
    assert "inside" in page
