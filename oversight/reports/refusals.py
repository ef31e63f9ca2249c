"""Why an edition was not proposed, built or issued."""

from datetime import date

from oversight.kit.i18n import LANGUAGES, in_language, local_day, t


class CannotReport(Exception):
    """What was asked for can't be done as things stand.

    `words` are marked and say what can be done instead; a value that is a date is written as a day of the
    language. str() says it in the language spoken now.
    """

    def __init__(self, words: str, **values: str | int | date) -> None:
        super().__init__(words)
        self.words, self.values = words, values

    def __str__(self) -> str:
        return t(self.words, **{name: _said(value) for name, value in self.values.items()})

    def in_each_language(self) -> dict[str, str]:
        """What it says, by language."""
        said = {}
        for language in LANGUAGES:
            with in_language(language):
                said[language] = str(self)
        return said


def _said(value: str | int | date) -> str | int:
    return local_day(value) if isinstance(value, date) else value
