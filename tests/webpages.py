"""A page as a browser sees it, without one: its links, its forms, and what each form would send untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

VOID_TYPES = frozenset({"submit", "button", "image", "reset"})


@dataclass
class Form:
    """One form: where it goes, and the values it holds, by name."""

    action: str
    method: str
    given: MultiDict[str, str] = field(default_factory=MultiDict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What may be chosen instead, for radios, boxes and lists."""
    names: list[str] = field(default_factory=list)
    """Every control's name, in the page's order."""

    def filled(self, **answers: object) -> MultiDict[str, str]:
        """What is sent when these answers replace what the form holds; a list is sent value by value."""
        data = MultiDict(self.given)
        for name, answer in answers.items():
            values = answer if isinstance(answer, list | tuple) else [answer]
            data.setlist(name, [str(value) for value in values if value is not None])
        return data

    def variants(self) -> list[str]:
        """For a form that asks: the address it leads to untouched, and with each choice it offers."""
        wanted = [self.given] + [
            self.filled(**{name: value}) for name, values in self.choices.items() for value in values
        ]
        return [f"{self.action}?{urlencode(list(each.items(multi=True)))}" for each in wanted]


@dataclass
class WebPage:
    """What can be followed and sent from a page."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    def form_to(self, action: str) -> Form:
        """The form that is sent to that address. AssertionError, naming those there are, if none is."""
        found = [form for form in self.forms if form.action == action]
        assert found, f"no form here goes to {action}, only to {[form.action for form in self.forms]}"
        return found[0]


def read(html: str, path: str) -> WebPage:
    """Read the page that was found at `path`."""
    reader = _Reader(path)
    reader.feed(html)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.page = WebPage()
        self.form: Form | None = None
        self.listing: str | None = None
        self.writing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        elif tag == "form":
            action = given.get("action") or self.path
            self.form = Form(action, given.get("method", "get").lower())
            self.page.forms.append(self.form)
        elif self.form is not None and (given.get("name") or tag == "option"):
            self._control(tag, given, attrs, self.form)

    def _control(
        self, tag: str, given: dict[str, str], attrs: list[tuple[str, str | None]], form: Form
    ) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            form.names.append(name)
            if "checked" in given:
                form.given.add(name, given.get("value", "on"))
        elif tag == "input" and kind not in VOID_TYPES:
            form.given.add(name, given.get("value", ""))
            form.names.append(name)
        elif tag == "select":
            self.listing = name
            form.names.append(name)
        elif tag == "textarea":
            self.writing = name
            form.given.setlist(name, [""])
            form.names.append(name)
        elif tag == "option" and self.listing:
            form.choices.setdefault(self.listing, []).append(given.get("value", ""))
            if "selected" in given or self.listing not in form.given:
                form.given.setlist(self.listing, [given.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self.writing and self.form is not None:
            self.form.given[self.writing] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.listing = None
        elif tag == "textarea":
            self.writing = None
