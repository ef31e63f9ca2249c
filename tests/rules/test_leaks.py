"""Names found in words to be published: tricky names, ordinary words, numbers in any spelling."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.leaks import NAME_KIND_LABELS, Leak, Name, NameKind, Span, names_in


def found(text: str, name: str, kind: NameKind = NameKind.PERSON) -> list[str]:
    """Return the words in which the name was found."""
    return [text[slice(*leak.where)] for leak in names_in({"summary": text}, [Name(kind, name)])]


@pytest.mark.parametrize(
    "name, text, leaks",
    [
        # Whole, in parts, in any case, and as a possessive.
        ("Rosa Petrov", "Ms. Rosa Petrov said so.", ["Rosa Petrov"]),
        ("Rosa Petrov", "Petrov, Rosa", ["Petrov, Rosa"]),
        ("Rosa Petrov", "PETROV and then rosa", ["PETROV", "rosa"]),
        ("Rosa Petrov", "It was Petrov’s car, and the Petrovs’ house.", ["Petrov", "Petrovs"]),
        ("Rosa Petrov", "a **Rosa** Petrov", ["Rosa** Petrov"]),
        ("Petrov, Rosa", "R. Petrov spoke.", ["Petrov"]),
        ("Rosa Petrov", "Petroven rosary petrovian", []),
        ("Rosa Petrov", "pet rov", []),
        # Accents, however either is written, and letters that do not come apart.
        ("José Núñez", "Jose Nunez", ["Jose Nunez"]),
        ("Jose Nunez", "JOSE\u0301 Nu\u0301n\u0303ez", ["JOSE\u0301 Nu\u0301n\u0303ez"]),
        ("Søren Łukasz", "soren lukasz", ["soren lukasz"]),
        ("Jürgen Müller", "Muller, or Mueller, or MÜLLER", ["Muller", "Mueller", "MÜLLER"]),
        ("Ju\u0308rgen Mu\u0308ller", "Mueller", ["Mueller"]),
        ("Anna Weiß", "Mrs Weiss", ["Weiss"]),
        ("Rosa Petrov", "Pet\u00adrov or Pe\u200btrov or \u202ePetrov",
         ["Pet\u00adrov", "Pe\u200btrov", "Petrov"]),
        ("Rosa Petrov", "Ｐｅｔｒｏｖ", ["Ｐｅｔｒｏｖ"]),
        # Apostrophes, hyphens and small words before a surname.
        ("Sean O'Brien", "O’Brien or OBrien or o brien or O'BRIEN'S",
         ["O’Brien", "OBrien", "o brien", "O'BRIEN"]),
        ("Sean OBrien", "O'Brien", ["O'Brien"]),
        ("Jean-Luc Moreau", "Jean Luc left; jean‑luc or Jeanluc or Luc",
         ["Jean Luc", "jean‑luc", "Jeanluc", "Luc"]),
        ("Ana de la Cruz", "a De La Cruz, a DeLaCruz and a cruz", ["De La Cruz", "DeLaCruz", "cruz"]),
        ("Ana de la Cruz", "au cours de la nuit, des agents", []),
        ("Jan van der Berg", "the van, the der, a Vanderberg", ["Vanderberg"]),
        ("Ian McDonald", "Mc Donald, MacDonald", ["Mc Donald"]),
        ("Ian Mc Donald", "McDonald", ["McDonald"]),
        ("Marie Laporte", "la porte de La Porte", ["La Porte"]),
        ("Ann Smith-May", "in May, Smith and May", ["Smith", "May"]),
        # Names of two letters.
        ("Wei Ng", "Ng was there; ng was not.", ["Ng"]),
        ("Bo Li", "Bo Li's car", ["Bo Li"]),
        ("An Do", "And do so, do an act; An do; but An Do", ["An Do"]),
        ("An Do", "Mr Do and Constable An", ["Mr Do", "Constable An"]),
        # Names that are words.
        ("Mark Grant", "The mark was a grant.", []),
        ("Mark Grant", "Then Grant left a mark", ["Grant"]),
        ("Mark Grant", "mark grant", ["mark grant"]),
        ("Mark May", "the mark may fade", []),
        ("Ruth Long", "a long day", []),
        ("Amy Yellow Old Woman", "an old woman; Old Woman said", ["Old Woman"]),
        ("Tom Running Rabbit", "running; he was a Running Rabbit", ["Running Rabbit"]),
        ("Hope May", "In May 2026, since May, on 3 May, they hope it may end", []),
        ("Hope May", "Hope told them. She said May was there. Officer May wrote.", ["Hope", "May", "May"]),
        ("Will May", "They will. It may. The officer will, may be.", []),
        ("Rose Young", "prices rose for young people; then Rose came", ["Rose"]),
        ("Warren Chief", "The Chief of Police, a police chief", []),
        ("Warren Chief", "the Chief saw Mr. Chief and W. Chief", ["Mr. Chief", "W. Chief"]),
        ("Warren Chief", "Warren's chief; Chief, W.", ["Warren", "Chief, W"]),
        ("Ada Black", "a Black man, Ms Black, A Black man, A. Black", ["Ms Black", "A. Black"]),
        ("Sergeant Dana Sergeant", "the Detective Sergeant", []),
        # Titles are not names, and roles are no initials.
        ("Constable Adams", "Officer A, the constable, told Witness B. Officer Adams.", ["Adams"]),
        ("Officer Adams", "Officer A and Mr. A", []),
        ("Mr. Adams Jr.", "Mr. B., Jr., a Junior", []),
        ("Chief Tailfeathers", "the chief", []),
        ("Anonymous", "an anonymous complainant, Anonymous", []),
        ("J", "J is not much of a name", []),
        # Scripts without capitals, or without spaces.
        ("李明", "证人李明说", ["李明"]),
        ("李 明", "李明", ["李明"]),
        ("김철수", "김철수가", ["김철수"]),
        ("محمد علي", "قال محمد", ["محمد"]),
        ("Наталья Иванова", "НАТАЛЬЯ", ["НАТАЛЬЯ"]),
        ("", "anything", []),
        ("---", "--- ' ---", []),
        ("Rosa Petrov", "", []),
    ],
)  # fmt: skip
def test_a_person_is_found_by_name(name: str, text: str, leaks: list[str]) -> None:
    assert found(text, name) == leaks


@pytest.mark.parametrize(
    "kind, name, text, leaks",
    [
        (NameKind.FILE_NUMBER, "2026-00042", "2026-00042, 2026 00042, 202600042 and 2026‑42",
         ["2026-00042", "2026 00042", "202600042", "2026‑42"]),
        (NameKind.FILE_NUMBER, "2026-00042", "In 2026, 42 files; 2026-00421; 2026-142; 12026-00042", []),
        (NameKind.BADGE, "4512", "badge 4512, #4512 or 04512", ["badge 4512", "#4512", "04512"]),
        (NameKind.BADGE, "4512", "45123 of 34512, 4,512", []),
        (NameKind.BADGE, "42", "42 days; badge no. 42; Reg. #0042", ["badge no. 42", "Reg. #0042"]),
        (NameKind.BADGE, "2026", "in 2026; Cst. 2026", ["Cst. 2026"]),
        (NameKind.BADGE, "A-1234", "A1234, a 1234, 1234", ["A1234", "a 1234", "1234"]),
        (NameKind.EMAIL, "rosa.petrov@mail.example", "to ROSA.PETROV@mail.example",
         ["ROSA.PETROV@mail.example"]),
        (NameKind.EMAIL, "rp@mail.example", "rp (at) mail dot example; rp at mail.example",
         ["rp (at) mail dot example", "rp at mail.example"]),
        (NameKind.EMAIL, "rosa87@mail.example", "known as Rosa87", ["Rosa87"]),
        (NameKind.EMAIL, "office@mail.example", "the office", []),
        (NameKind.PHONE, "(403) 555-0142", "403.555.0142, +1 403 555 0142, 4035550142, 555-0142",
         ["403.555.0142", "+1 403 555 0142", "4035550142", "555-0142"]),
        (NameKind.PHONE, "+1 403 555 0142 ext. 7", "call 403-555-0142", ["403-555-0142"]),
        (NameKind.PHONE, "4035550142", "٤٠٣ ٥٥٥ ٠١٤٢ or ４０３５５５０１４２",
         ["٤٠٣ ٥٥٥ ٠١٤٢", "４０３５５５０１４２"]),
        (NameKind.PHONE, "4035550142", "54035550142, 5550143, 45550142", []),
        (NameKind.PHONE, "+44 20 7946 0018", "020 7946 0018", ["020 7946 0018"]),
        (NameKind.PHONE, "911", "They called 911.", []),
        (NameKind.PHONE, "none", "none", []),
        (NameKind.PHRASE, "12 Elm Street NW", "at 12 elm street, NW", ["12 elm street, NW"]),
        (NameKind.PHRASE, "12 Elm Street NW", "at 12 Elm St; 12 men on Elm Street", ["12 Elm"]),
        (NameKind.PHRASE, "ABC-123", "plate abc 123 or ABC123", ["abc 123", "ABC123"]),
        (NameKind.PHRASE, "T2P 1J4", "t2p1j4", ["t2p1j4"]),
        (NameKind.PHRASE, " ", "nothing", []),
    ],
)  # fmt: skip
def test_a_number_or_an_address_is_found_in_any_spelling(
    kind: NameKind, name: str, text: str, leaks: list[str]
) -> None:
    assert found(text, name, kind) == leaks


def test_a_leak_says_in_which_field_and_where() -> None:
    fields = {"title": "A search", "summary": "It was Petrov."}
    assert names_in(fields, [Name(NameKind.PERSON, "Rosa Petrov")]) == [
        Leak("summary", NameKind.PERSON, Span(7, 13))
    ]


def test_leaks_come_in_the_order_of_reading_each_once() -> None:
    names = [
        Name(NameKind.PERSON, "Rosa Petrov"),
        Name(NameKind.BADGE, "4512"),
        Name(NameKind.PERSON, "Ivan Petrov"),
    ]
    leaks = names_in({"b": "4512 saw Ivan Petrov", "a": "Petrov"}, names)
    assert [(leak.field, leak.name_kind, leak.where) for leak in leaks] == [
        ("b", NameKind.BADGE, (0, 4)),
        ("b", NameKind.PERSON, (9, 20)),
        ("a", NameKind.PERSON, (0, 6)),
    ]


def test_a_summary_that_names_nobody_passes() -> None:
    text = (
        "In May 2026, in the northwest of Calgary, an officer stopped a Black man who was walking home. "
        "The complainant said that Officer A grabbed his arm and will not say why. The Chief of Police may "
        "mark the file. Three members of the public reviewed it and found the allegation of force sustained. "
        "Officer A was reprimanded."
    )
    people = [
        "Mark Will",
        "Ada Black",
        "Chief Grant May",
        "Anthony Walker",
        "Jo Home",
        "Constable Ann An",
        "Nora West",
    ]
    numbers = [
        Name(NameKind.BADGE, "26"),
        Name(NameKind.FILE_NUMBER, "2026-00005"),
        Name(NameKind.PHONE, "403-555-0199"),
    ]
    assert names_in({"summary": text}, [Name(NameKind.PERSON, name) for name in people] + numbers) == []


def test_every_kind_has_a_label() -> None:
    assert set(NAME_KIND_LABELS) == set(NameKind)


def test_a_kind_that_is_none_stops_rather_than_finding_nothing() -> None:
    with pytest.raises(KeyError):
        names_in({"summary": "Petrov"}, [Name("surname", "Petrov")])  # type: ignore[arg-type]


letters = st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Nd", "Pd", "Po", "Zs", "Cf", "Cc"])


@given(st.text(letters, max_size=60), st.text(letters, max_size=60), st.sampled_from(NameKind))
def test_any_name_in_any_text_gives_places_within_it(name: str, text: str, kind: NameKind) -> None:
    for leak in names_in({"summary": text}, [Name(kind, name)]):
        assert 0 <= leak.where.start < leak.where.end <= len(text)


telling = st.text("bcdfghklmnpqrtvwxz", min_size=6, max_size=12)


@given(
    telling,
    telling,
    st.text(" .,;:!?\n", min_size=1, max_size=3),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_telling_name_never_slips_through(
    first: str, last: str, around: str, written: Callable[[str], str]
) -> None:
    text = f"said{around}{written(last)}{around}and"
    assert [leak.where for leak in names_in({"t": text}, [Name(NameKind.PERSON, f"{first} {last}")])] == [
        Span(4 + len(around), 4 + len(around) + len(last))
    ]


def test_a_megabyte_is_read_in_seconds() -> None:
    text = "The officer, Petrov, wrote 403 - 555 ( 0 ) and so on. " * 20_000
    names = [Name(kind, "Rosa Petrov 403-555-0142") for kind in NameKind]
    began = time.process_time()
    assert len(names_in({"narrative": text}, names)) >= 20_000
    assert time.process_time() - began < 20
