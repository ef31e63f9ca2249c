"""What is known of race, by source. Sealed answers are opened in one stream and leave nothing behind."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from sqlalchemy import select

from oversight.casework.models import (
    Complaint,
    ImportBatch,
    Party,
    RecordedDemographics,
    SelfIdentificationRecord,
)
from oversight.figures.queries.files import Condition, Key, has_row, key
from oversight.figures.wanted import SELF_IDENTIFIED_HERE, Words
from oversight.figures.words import NOT_MAPPED, Word, own_word
from oversight.kit.db import session
from oversight.rules.questions import NO_ANSWER

AT_ONCE = 5000
SILENCE = {term.code for term in NO_ANSWER}


def race_sources(counted: Condition) -> tuple[str, ...]:
    """The ways in which race became known in those files, this office's own form first."""
    recorded = _of_complainants(counted, RecordedDemographics, RecordedDemographics.race_source).distinct()
    here = _of_complainants(counted, SelfIdentificationRecord, SelfIdentificationRecord.id).limit(1)
    exports = sorted(session().scalars(recorded))
    return (SELF_IDENTIFIED_HERE, *exports) if session().execute(here).first() else tuple(exports)


def files_asked(race_source: str) -> Condition:
    """The files in which race could be known that way: those begun here, or of an export that has it."""
    if race_source == SELF_IDENTIFIED_HERE:
        return Complaint.source.is_(None)
    exports = session().scalars(select(ImportBatch.source).distinct()).all()
    return Complaint.source.in_([each for each in exports if _records(each, race_source)])


def may_be_given(race_source: str) -> Condition:
    """The files of which somebody's answers of that way are kept."""
    record: Any = SelfIdentificationRecord
    this_way = [record.party_id == Party.id]
    if race_source != SELF_IDENTIFIED_HERE:
        record = RecordedDemographics
        this_way = [record.party_id == Party.id, record.race_source == race_source]
    return has_row(Party, select(record.id).where(*this_way).correlate(Party).exists())


def _records(export: str, race_source: str) -> bool:
    """Whether anybody's race became known that way in that export."""
    anybody = (
        select(RecordedDemographics.id)
        .join(Party, Party.id == RecordedDemographics.party_id)
        .join(Complaint, Complaint.id == Party.complaint_id)
        .where(Complaint.source == export, RecordedDemographics.race_source == race_source)
    )
    return session().execute(anybody.limit(1)).first() is not None


def races_by_complaint(
    counted: Condition, race_source: str, words: Words, labels: Mapping[str, str]
) -> Mapping[Key, Collection[Word]]:
    """The distinct words for race given among each file's complainants; a file where none was is left out."""
    given: defaultdict[Key, set[Word]] = defaultdict(set)
    if race_source == SELF_IDENTIFIED_HERE:
        for file, answers in _opened(counted, SelfIdentificationRecord):
            chosen = set(answers.get("identity") or ()) - SILENCE
            given[file].update(_label(code, labels) for code in chosen)
    else:
        of_source = counted & (RecordedDemographics.race_source == race_source)
        for file, answers in _opened(of_source, RecordedDemographics):
            given[file].update(_recorded(answers, words, labels))
    return {file: races for file, races in given.items() if races}


def groups_of_words(
    counted: Condition, race_source: str, words: Words, labels: Mapping[str, str]
) -> Mapping[Word, frozenset[str]]:
    """Which groups each word for race stands for, as codes.

    A word that stands now for these, now for those is left out, and so are two words for the same group.
    """
    if words is Words.OURS or race_source == SELF_IDENTIFIED_HERE:
        return {_label(code, labels): frozenset({code}) for code in labels}
    meant: defaultdict[Word, set[frozenset[str]]] = defaultdict(set)
    of_source = counted & (RecordedDemographics.race_source == race_source)
    for _, answers in _opened(of_source, RecordedDemographics):
        own, codes = list(answers.get("race_words") or ()), frozenset(answers.get("race_codes") or ())
        if len(own) == 1 and codes:
            meant[own_word(own[0])].add(codes)
    clear = {word: next(iter(groups)) for word, groups in meant.items() if len(groups) == 1}
    times = Counter(chain.from_iterable(clear.values()))
    return {word: groups for word, groups in clear.items() if all(times[group] == 1 for group in groups)}


def _recorded(answers: Mapping[str, Any], words: Words, labels: Mapping[str, str]) -> Iterator[Word]:
    own, codes = answers.get("race_words") or (), answers.get("race_codes") or ()
    if words is Words.OWN:
        yield from map(own_word, own)
    elif codes:
        yield from (_label(code, labels) for code in codes)
    elif own:
        yield NOT_MAPPED


def _label(code: str, labels: Mapping[str, str]) -> Word:
    return Word(labels.get(code, code))


def _of_complainants(counted: Condition, record: Any, *columns: Any) -> Any:
    return (
        select(*columns)
        .join(Party, Party.id == record.party_id)
        .join(Complaint, Complaint.id == Party.complaint_id)
        .where(Party.kind == "complainant", counted)
    )


def _opened(counted: Condition, record: Any) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    wanted = _of_complainants(counted, record, key(Party.complaint_id), record.id, record.answers_sealed)
    rows = session().execute(wanted.execution_options(yield_per=AT_ONCE))
    for file, row_id, sealed in rows:
        yield file, record.answers.opened_for(row_id, sealed) or {}
