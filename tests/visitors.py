"""Someone at a browser: what they read, press and fill in, and what each page owes them."""

import re
from enum import Enum
from typing import Any

from playwright.sync_api import Locator, Page, Response


class Choose(Enum):
    """Choices that need no code."""

    THE_FIRST = "the first"
    EVERYTHING = "everything"


THE_FIRST, EVERYTHING = Choose.THE_FIRST, Choose.EVERYTHING


class Visitor:
    """Someone with a browser, who reads pages and fills in forms."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.status = 0
        page.on("response", self._hears)

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.looks_at_it()

    def follows(self, words: str | re.Pattern[str]) -> None:
        """Click on the link with these words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.looks_at_it()

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.looks_at_it()

    def presses_main(self) -> None:
        """Press the page's main button, whatever its words."""
        self.page.locator("main button.button-main").first.click()
        self.looks_at_it()

    def fills_in(self, **answers: Any) -> None:
        """Fill in fields by name, a code choosing among several; `finding:*` means all that begin so.

        A list chooses each of its codes; EVERYTHING ticks every box, and THE_FIRST takes what stands first.
        """
        for name, answer in answers.items():
            for each in answer if isinstance(answer, list) else [answer]:
                self._fills_in(name, each)

    def sees(self, *words: str) -> None:
        """Read these words on the page."""
        for each in words:
            assert plain(each) in plain(self.text), f"{self.page.url} does not say {each!r}:\n{self.text}"

    def does_not_see(self, *words: str) -> None:
        """Read the page and not find these words."""
        for each in words:
            assert plain(each) not in plain(self.text), f"{self.page.url} says {each!r}"

    def reads_the_code(self) -> str:
        """Copy the receipt code from the page that shows it, group by group."""
        groups = self.page.locator(".receipt-code span").all_inner_texts()
        assert len(groups) == 5, self.text
        return " ".join(groups)

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return self.page.locator("body").inner_text()

    def _fills_in(self, name: str, answer: Any) -> None:
        found = self.page.locator(f'[name^="{name[:-1]}"]' if name.endswith("*") else f'[name="{name}"]')
        kind = found.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            self._chooses(found, answer)
        for field in [] if kind in ("radio", "checkbox") else found.all():
            if kind.startswith("select"):
                field.select_option(index=1) if answer is THE_FIRST else field.select_option(str(answer))
            else:
                field.fill(str(answer))

    def _chooses(self, found: Locator, answer: Any) -> None:
        """People click on the words beside a button or a box, so there have to be some."""
        fields = found.all()
        if answer is THE_FIRST:
            fields = fields[:1]
        elif answer not in (True, EVERYTHING):
            fields = [field for field in fields if field.get_attribute("value") == answer]
        assert fields, f"{self.page.url} does not offer {answer!r}"
        for field in fields:
            self.page.locator(f'label[for="{field.get_attribute("id")}"]').first.click()
            assert field.is_checked(), f"choosing {answer} has no effect"

    def _hears(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self.status = answer.status

    def looks_at_it(self) -> None:
        """Take a page as it comes: it answers, has one heading, and fits on the screen."""
        self.page.wait_for_load_state()  # a press is over when the next page begins, not when it is there
        assert self.status < 400, f"{self.page.url} answered {self.status}:\n{self.text}"
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has not one heading:\n{self.text}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        shown = self.page.evaluate("document.documentElement.clientWidth")
        assert wide <= shown, f"{self.page.url} scrolls sideways: {wide} pixels in {shown}"


def plain(text: str) -> str:
    """A text as people read it, however its lines are broken."""
    return " ".join(text.split())
