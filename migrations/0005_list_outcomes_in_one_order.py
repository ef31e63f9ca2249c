"""list outcomes in one order."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_state_published_at_reference"))
        batch_op.create_index(
            batch_op.f("ix_outcome_published_at_reference"), ["published_at", "reference"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outcome_state_id"), ["state", "id"], unique=False)
