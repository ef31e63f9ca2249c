"""What was found, of complaints and of allegations."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from oversight.casework.models import Allegation, Complaint
from oversight.figures.coding import NO_CODE, Came, Coded
from oversight.figures.queries.files import Condition, Key, key
from oversight.figures.wanted import Words
from oversight.kit.db import session
from oversight.rules.findings import Status
from oversight.rules.jurisdictions import all_rulebooks


def outcomes(counted: Condition, told_apart: Condition) -> Counter[tuple[Key | None, Came]]:
    """Those complaints that have an allegation, by what came of them: each of some, the others together."""
    file = case((told_apart, key(Complaint.id)))
    came = _allegations(counted, file.label("file"), func.max(_came()).label("came"))
    each = came.group_by(Complaint.id).subquery()
    columns = (each.c.file, each.c.came)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(file, Came(came)): count for file, came, count in grouped})


def complaints_by_allegation(counted: Condition, words: Words) -> Counter[tuple[Coded, Came]]:
    """Complaints by what was alleged and what came of it: each once in every word alleged in it."""
    wanted = (Complaint.id.label("id"), *_alleged(words), _came().label("came"))
    each = _allegations(counted, *wanted).subquery()
    word = (each.c.own, each.c.code)
    once = select(*word, func.max(each.c.came).label("came")).group_by(each.c.id, *word).subquery()
    of_word = (once.c.own, once.c.code, once.c.came)
    grouped = session().execute(select(*of_word, func.count()).group_by(*of_word))
    return Counter({(Coded(own, code), Came(came)): count for own, code, came, count in grouped})


def allegations_by_finding(counted: Condition, words: Words) -> Counter[tuple[Coded, Coded, bool]]:
    """Allegations by what was alleged, what was found (or their status) and whether that sustains them."""
    sustained = case((_is_sustained(), 1), else_=0).label("sustained")
    each = _allegations(counted, *_alleged(words), *_found(words), sustained).subquery()
    columns = (each.c.own, each.c.code, each.c.own_result, each.c.result, each.c.sustained)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(Coded(*row[:2]), Coded(*row[2:4]), bool(row[4])): row[5] for row in grouped})


def allegations_by(
    column: InstrumentedAttribute[Any], counted: Condition, words: Words
) -> Counter[tuple[Coded, str | None]]:
    """Allegations by what was alleged, and by a column of theirs."""
    each = _allegations(counted, *_alleged(words), column.label("other")).subquery()
    columns = (each.c.own, each.c.code, each.c.other)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(Coded(own, code), other): count for own, code, other, count in grouped})


def allegations_by_bias(counted: Condition) -> Counter[frozenset[str]]:
    """Allegations by the kinds of bias alleged in each."""
    each = _allegations(counted, cast(Allegation.bias_kinds, String).label("kinds")).subquery()
    grouped = session().execute(select(each.c.kinds, func.count()).group_by(each.c.kinds))
    by_kinds: Counter[frozenset[str]] = Counter()
    for kinds, count in grouped:
        by_kinds[frozenset(json.loads(kinds))] += count
    return by_kinds


def sustained_by_action(counted: Condition, words: Words) -> Counter[tuple[str | None, Coded]]:
    """Allegations that were sustained, by the corrective action recommended and the one imposed."""
    own, code = _one_of(words, Allegation.own_corrective, Allegation.corrective_imposed)
    wanted = (Allegation.corrective_recommended.label("recommended"), own.label("own"), code.label("code"))
    each = _allegations(counted & _is_sustained(), *wanted).subquery()
    columns = (each.c.recommended, each.c.own, each.c.code)
    grouped = session().execute(select(*columns, func.count()).group_by(*columns))
    return Counter({(recommended, Coded(own, code)): count for recommended, own, code, count in grouped})


def _allegations(counted: Condition, *columns: Any) -> Select[Any]:
    return select(*columns).join(Complaint, Allegation.complaint_id == Complaint.id).where(counted)


def _is_sustained() -> Condition:
    return or_(
        *(
            and_(Complaint.rulebook == book.slug, Allegation.finding.in_(_sustaining(book.slug)))
            for book in all_rulebooks().values()
        )
    )


def _came() -> ColumnElement[int]:
    sustained = _is_sustained()
    ended = Allegation.status != Status.OPEN
    return case((sustained, int(Came.SUSTAINED)), (ended, int(Came.NOT_SUSTAINED)), else_=int(Came.PENDING))


def _sustaining(slug: str) -> list[str]:
    return [finding.code for finding in all_rulebooks()[slug].findings if finding.sustained]


def _alleged(words: Words) -> tuple[Any, ...]:
    own, code = _one_of(words, Allegation.own_code, Allegation.code)
    return own.label("own"), code.label("code")


def _found(words: Words) -> tuple[Any, ...]:
    decided = case((Allegation.status == Status.DECIDED, null()), else_=Allegation.status)
    own, code = _one_of(words, Allegation.own_finding, func.coalesce(Allegation.finding, decided))
    return own.label("own_result"), code.label("result")


def _one_of(words: Words, own: Any, code: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The word to count by: the office's own where it is wanted and given, else our code.

    Where ours is wanted and none was chosen for a given own word, every such word is the same NO_CODE.
    """
    if words is Words.OWN:
        return own, case((own.is_not(None), null()), else_=code)
    return case((and_(code.is_(None), own.is_not(None)), literal(NO_CODE)), else_=null()), code
