"""read past less: indices of one list or one count each, and a mark on files that were summarised."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _replace_indices()
    _mark_what_is_summarised()
    _add_index_of_some(
        "ix_complaint_closed",
        "complaint",
        ["ended_on", "received_on", "state", "ended_as", "source", "rulebook"],
        "ended_as IS NOT NULL",
    )
    _add_index_of_some(
        "ix_complaint_to_summarise",
        "complaint",
        ["ended_on", "id"],
        "ended_as IS NOT NULL AND state = ended_as AND (source IS NULL OR adopted_at IS NOT NULL)"
        " AND summary_begun_at IS NULL",
    )
    _add_index_of_some("ix_file_event_added", "file_event", ["complaint_id", "at"], "what = 'add_allegation'")
    _add_index_of_some(
        "ix_file_event_moves",
        "file_event",
        ["complaint_id", "id", "at", "from_state", "to_state"],
        "to_state IS NOT NULL",
    )
    _add_index_of_some("ix_outcome_in_work", "outcome", ["id"], "published_at IS NULL")


def _replace_indices() -> None:
    with op.batch_alter_table("clock", schema=None) as clock:
        clock.drop_index("ix_clock_complaint_id")
        clock.create_index(
            "ix_clock_complaint_id_deadline_started_on_id", ["complaint_id", "deadline", "started_on", "id"]
        )
        clock.create_index(
            "ix_clock_due_on_deadline_stopped_on_complaint_id_id",
            ["due_on", "deadline", "stopped_on", "complaint_id", "id"],
        )
    with op.batch_alter_table("complaint", schema=None) as complaint:
        complaint.drop_index("ix_complaint_incident_id")
        complaint.drop_index("ix_complaint_ours")
        complaint.drop_index("ix_complaint_received_on_id")
        complaint.create_index(
            "ix_complaint_incident_id_next_due_on_id", ["incident_id", "next_due_on", "id"]
        )
        complaint.create_index(
            "ix_complaint_received_on_id_source_rulebook", ["received_on", "id", "source", "rulebook"]
        )


def _mark_what_is_summarised() -> None:
    op.add_column("complaint", sa.Column("summary_begun_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE complaint SET summary_begun_at = coalesce("
        " (SELECT min(at) FROM file_event"
        " WHERE file_event.complaint_id = complaint.id AND kind = 'outcome' AND what = 'open'),"
        " (SELECT updated_at FROM outcome WHERE outcome.complaint_id = complaint.id))"
        " WHERE EXISTS (SELECT id FROM outcome WHERE outcome.complaint_id = complaint.id)"
    )


def _add_index_of_some(name: str, table: str, columns: Sequence[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
