"""The French of the office: complete, with everything that is put in it, and set as French is set."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from tools.words import marked_words, read, what_is_wrong

SAME_IN_BOTH = {
    *("Brooklyn", "Manhattan", "Queens", "Staten Island"),
    *("Centre", "Contact", "Correction", "Date", "Description", "Force"),
    *("Insubordination", "Messages", "Note", "Place", "Race", "Total"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
NO_BREAK, NARROW_NO_BREAK = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

# What French typography forbids, by why; placeholders stand for words.
FAULTS = {
    "a straight apostrophe": re.compile(r"'"),
    "English quotation marks outside guillemets": re.compile(r"^[^«]*“"),
    "no no-break space before a colon": re.compile(rf"[^{NO_BREAK}\d]:(?!\w)"),
    "no narrow no-break space before ; ! or ?": re.compile(rf"[^{NARROW_NO_BREAK}][;!?]"),
    "no no-break space inside guillemets": re.compile(rf"«[^{NO_BREAK}]|[^{NO_BREAK}]»"),
    "two spaces": re.compile(r"\s\s"),
    "three dots in place of an ellipsis": re.compile(r"\.\.\."),
}


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read("fr")


def messages(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Each message in English and in French, the singular and the plural apart."""
    for message in catalogue:
        if isinstance(message.id, str):
            yield (message.id, str(message.string)) if message.id else ("", "")
        else:
            yield from zip(message.id, message.string or (), strict=True)


def begins(words: str) -> str:
    """Large, small, or with something that is put there."""
    return "put" if words.startswith("%") else "large" if words[0].isupper() else "small"


def test_every_message_is_translated_and_none_is_left_over(french: Catalog) -> None:
    assert list(what_is_wrong(marked_words(), french)) == []


def test_what_is_put_into_a_sentence_is_put_into_its_translation(french: Catalog) -> None:
    lost = [
        english
        for english, words in messages(french)
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(words))
    ]
    assert not lost


def test_only_a_few_words_are_the_same_in_both_languages(french: Catalog) -> None:
    assert {english for english, words in messages(french) if english and english == words} == SAME_IN_BOTH


def test_a_sentence_begins_and_ends_alike_in_both_languages(french: Catalog) -> None:
    """A label stays a label and a sentence a sentence, since templates put words beside them."""
    unlike = [
        english
        for english, words in messages(french)
        if english
        and (
            {begins(english), begins(words)} >= {"large", "small"}
            or english.endswith(".") != words.endswith(".")
        )
    ]
    assert not unlike


@pytest.mark.parametrize("fault", FAULTS)
def test_french_is_set_as_french_is(french: Catalog, fault: str) -> None:
    assert [words for _, words in messages(french) if FAULTS[fault].search(words)] == []
