"""Freeze editions of reports: their tables, and triggers that keep what was issued."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

FROZEN = "place, period, number, state, message, changes, demo, paper, content, content_sha256, issued_at"

# The sealed column is left out: keys are changed under issued editions too.
ON_SQLITE = (
    (
        f"CREATE TRIGGER edition_issued_no_update BEFORE UPDATE OF {FROZEN} ON edition"
        " WHEN OLD.state = 'issued' BEGIN SELECT RAISE(ABORT, 'an issued edition stays as it is'); END"
    ),
    (
        "CREATE TRIGGER edition_issued_no_delete BEFORE DELETE ON edition"
        " WHEN OLD.state = 'issued' BEGIN SELECT RAISE(ABORT, 'an issued edition stays'); END"
    ),
    (
        "CREATE TRIGGER edition_pdf_no_update BEFORE UPDATE ON edition_pdf"
        " BEGIN SELECT RAISE(ABORT, 'a PDF of an edition stays as it is'); END"
    ),
    (
        "CREATE TRIGGER edition_pdf_issued_no_delete BEFORE DELETE ON edition_pdf"
        " WHEN EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued')"
        " BEGIN SELECT RAISE(ABORT, 'a PDF of an issued edition stays'); END"
    ),
)

ON_POSTGRESQL = (
    (
        "CREATE FUNCTION edition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION USING MESSAGE = 'an issued edition stays as it is: ' || TG_OP || ' refused'; END $$"
    ),
    (
        "CREATE FUNCTION edition_pdf_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM edition WHERE id = OLD.edition_id AND state = 'issued') THEN"
        " RAISE EXCEPTION 'a PDF of an issued edition stays'; END IF; RETURN OLD; END $$"
    ),
    (
        f"CREATE TRIGGER edition_issued_no_update BEFORE UPDATE OF {FROZEN} ON edition FOR EACH ROW"
        " WHEN (OLD.state = 'issued') EXECUTE FUNCTION edition_refuse()"
    ),
    (
        "CREATE TRIGGER edition_issued_no_delete BEFORE DELETE ON edition FOR EACH ROW"
        " WHEN (OLD.state = 'issued') EXECUTE FUNCTION edition_refuse()"
    ),
    (
        "CREATE TRIGGER edition_pdf_no_update BEFORE UPDATE ON edition_pdf FOR EACH ROW"
        " EXECUTE FUNCTION edition_refuse()"
    ),
    (
        "CREATE TRIGGER edition_pdf_issued_no_delete BEFORE DELETE ON edition_pdf FOR EACH ROW"
        " EXECUTE FUNCTION edition_pdf_keep()"
    ),
)


def upgrade() -> None:
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
    )
    with op.batch_alter_table("benchmark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_benchmark_loaded_at_id"), ["loaded_at", "id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("releases_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attacked_with", sa.JSON(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_edition_approved_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_edition_proposed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(
            "ix_edition_in_work",
            ["place", "period"],
            unique=True,
            sqlite_where=sa.text("state IN ('building', 'ready')"),
            postgresql_where=sa.text("state IN ('building', 'ready')"),
        )
        batch_op.create_index(
            "ix_edition_issued",
            ["place", "period", "number"],
            unique=True,
            sqlite_where=sa.text("state = 'issued'"),
            postgresql_where=sa.text("state = 'issued'"),
        )
        batch_op.create_index(
            batch_op.f("ix_edition_state_issued_at_id"), ["state", "issued_at", "id"], unique=False
        )

    op.create_table(
        "edition_pdf",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_pdf_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_pdf")),
    )
    with op.batch_alter_table("edition_pdf", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_pdf_edition_id_lang"), ["edition_id", "lang"], unique=True
        )

    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
