"""Drafts, by the id in their writer's cookie."""

import uuid

from oversight.intake.models import Draft
from oversight.kit.db import session


def draft_with_id(draft_id: uuid.UUID | None) -> Draft | None:
    """The draft, if it has not been sent or forgotten."""
    return session().get(Draft, draft_id) if draft_id else None


def draft_to_change(draft_id: uuid.UUID) -> Draft | None:
    """The same inside a transaction that writes: others who want it wait until this one is through."""
    return session().get(Draft, draft_id, with_for_update=True, populate_existing=True)
