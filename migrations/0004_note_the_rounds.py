"""note when the rounds were made, and find what waits longest in the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    rounds = op.create_table(
        "jobs_rounds",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("last_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notices_given_up", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs_rounds")),
    )
    op.bulk_insert(rounds, [{"id": 1, "made": 0, "last_ended_at": None, "notices_given_up": 0}])
    op.create_index(
        "ix_outbox_notice_waiting",
        "outbox_notice",
        ["created_at"],
        sqlite_where=sa.text("next_try_at IS NOT NULL"),
        postgresql_where=sa.text("next_try_at IS NOT NULL"),
    )
