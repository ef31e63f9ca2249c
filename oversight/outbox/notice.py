"""A notice as an action hands it over: to one address, complete, in one language."""

from dataclasses import dataclass

from oversight.settings import is_one_address


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One e-mail to be. ValueError if it isn't addressed to exactly one address.

    The subject travels in the open, so it names nobody. `about` is a reference such as `file:<id>`. Of two
    notices with the same `key` only the first is sent.
    """

    kind: str
    to: str
    subject: str
    body: str
    language: str
    about: str
    key: str | None = None

    def __post_init__(self) -> None:
        if not is_one_address(self.to):
            raise ValueError("A notice goes to exactly one e-mail address.")
        if len(self.subject.splitlines()) != 1:
            raise ValueError("The subject of a notice is one line.")

    def __repr__(self) -> str:
        return f"Notice({self.kind!r}, about={self.about!r})"
