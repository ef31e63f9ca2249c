"""The outcomes that came out in a period, from what was published of them and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from oversight.casework.models import Outcome
from oversight.casework.queries.outcomes import PUBLIC
from oversight.casework.wording import label
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.kit.i18n import t
from oversight.reports.speaking import in_each
from oversight.rules.findings import STATUS_LABELS, Status
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_


def outcomes_published(since: datetime, until: datetime, *, zone: str, address: str) -> list[dict[str, Any]]:
    """The document's part about them, the oldest first; `address` is that of the office's site."""
    wanted = select(Outcome).where(
        Outcome.state.in_(PUBLIC), Outcome.published_at >= since, Outcome.published_at < until
    )
    return [
        _told(each.reference, each.published or {}, each.published_at or since, zone, address)
        for each in session().scalars(wanted.order_by(Outcome.published_at, Outcome.reference))
    ]


def _told(
    reference: str, published: Mapping[str, Any], at: datetime, zone: str, address: str
) -> dict[str, Any]:
    return {
        "reference": reference,
        "published_on": local_date(at, zone).isoformat(),
        "about": in_each(lambda: _about(published)),
        "finding": in_each(lambda: _finding(published)),
        "url": f"{address}/outcomes/{reference}",
    }


def _about(published: Mapping[str, Any]) -> str:
    """What was alleged, each thing once: “Neglect of duty, Discrimination”."""
    book = rulebook(published["rulebook"])
    names = (label(book.codes, each["code"]) for each in published.get("allegations", ()))
    return ", ".join(dict.fromkeys(filter(None, names))) or t(N_("Not given a code"))


def _finding(published: Mapping[str, Any]) -> str:
    """What was found or how it ended, each once."""
    book = rulebook(published["rulebook"])
    found = (
        label(book.findings, each["finding"]) or t(STATUS_LABELS[Status(each["status"])])
        for each in published.get("allegations", ())
    )
    return ", ".join(dict.fromkeys(found))
