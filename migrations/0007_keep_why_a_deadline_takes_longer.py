"""keep why a deadline takes longer."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("clock", sa.Column("delays", sa.JSON(), server_default="[]", nullable=False))
