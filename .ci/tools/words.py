"""The words that people see: are all of them translated? With --gather, bring the catalogues up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("fr",)
WHERE = [("oversight/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
LAZY = {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}


def main() -> None:
    wanted = marked_words()
    if sys.argv[1:] == ["--gather"]:
        for language in LANGUAGES:
            gather(wanted, language)
        return
    faults = [fault for language in LANGUAGES for fault in what_is_wrong(wanted, read(language))]
    if faults:
        advice = f"{len(faults)} to mend. `make gather` collects words; translating is by hand."
        sys.exit("\n".join([*faults, advice]))
    print(f"All {len(wanted)} messages are translated into: {', '.join(LANGUAGES)}.")


def marked_words() -> Catalog:
    """Everything that code and templates mark for translation, in the order of the files."""
    found = Catalog(project="Oversight", fuzzy=False)
    marks = {**DEFAULT_KEYWORDS, **LAZY}
    for file, line, words, comments, setting in extract_from_dir(".", WHERE, keywords=marks):
        found.add(words, locations=[(file, line)], auto_comments=comments, context=setting)
    return found


def gather(wanted: Catalog, language: str) -> None:
    """Add new words to the language's catalogue and take out those nobody uses; translations stay."""
    catalogue = read(language)
    catalogue.update(wanted, no_fuzzy_matching=True)
    place(language).parent.mkdir(parents=True, exist_ok=True)
    with place(language).open("wb") as file:
        write_po(file, catalogue, width=100, ignore_obsolete=True, include_lineno=False)


def what_is_wrong(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """One line for each message that is missing, doubtful, broken, or that nobody asks for any more."""
    language = catalogue.locale
    for message in filter(lambda one: one.id, wanted):
        translated = catalogue.get(message.id, message.context)
        if translated is None or not is_whole(translated):
            yield f"{language}: not translated: {message.id!r} in {message.locations[0][0]}"
        elif translated.fuzzy:
            yield f"{language}: marked as doubtful: {message.id!r}"
    for message in filter(lambda one: one.id, catalogue):
        if wanted.get(message.id, message.context) is None:
            yield f"{language}: no longer used: {message.id!r}"
    for message, errors in catalogue.check():
        yield from (f"{language}: {message.id!r}: {error}" for error in errors)


def is_whole(message: Message) -> bool:
    """Whether every form, singular and plurals, has words."""
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms)


def read(language: str) -> Catalog:
    if not place(language).exists():
        return Catalog(locale=language, project="Oversight", header_comment="# Oversight", fuzzy=False)
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def place(language: str) -> Path:
    return Path("oversight/translations") / language / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    main()
