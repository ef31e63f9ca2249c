"""The office from the start: its tables, and a ledger that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The ledger only grows: what the database itself forbids. Alembic's batch mode drops triggers without a word,
# so a migration that rebuilds one of these tables has to make them again.
ON_SQLITE = (
    (
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry WHEN TRUE BEGIN"
        " SELECT RAISE(ABORT, 'ledger_entry is append-only: UPDATE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_update BEFORE UPDATE ON ledger_destruction WHEN TRUE"
        " BEGIN SELECT RAISE(ABORT, 'ledger_destruction is append-only: UPDATE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_words_no_update BEFORE UPDATE ON ledger_words WHEN TRUE BEGIN"
        " SELECT RAISE(ABORT, 'ledger_words is append-only: UPDATE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry WHEN TRUE BEGIN"
        " SELECT RAISE(ABORT, 'ledger_entry is append-only: DELETE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_delete BEFORE DELETE ON ledger_destruction WHEN TRUE"
        " BEGIN SELECT RAISE(ABORT, 'ledger_destruction is append-only: DELETE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head WHEN TRUE BEGIN"
        " SELECT RAISE(ABORT, 'ledger_head is append-only: DELETE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_words_no_delete BEFORE DELETE ON ledger_words"
        " WHEN NOT EXISTS (SELECT 1 FROM ledger_destruction WHERE words_number = OLD.number) BEGIN"
        " SELECT RAISE(ABORT, 'ledger_words is append-only: DELETE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_head_no_update BEFORE UPDATE ON ledger_head"
        " WHEN NEW.number <= OLD.number OR NEW.id <> OLD.id BEGIN"
        " SELECT RAISE(ABORT, 'ledger_head is append-only: UPDATE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry"
        " WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE number = NEW.number) BEGIN"
        " SELECT RAISE(ABORT, 'ledger_entry is append-only: REPLACE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_words_no_replace BEFORE INSERT ON ledger_words"
        " WHEN EXISTS (SELECT 1 FROM ledger_words WHERE number = NEW.number) BEGIN"
        " SELECT RAISE(ABORT, 'ledger_words is append-only: REPLACE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_replace BEFORE INSERT ON ledger_destruction"
        " WHEN EXISTS (SELECT 1 FROM ledger_destruction WHERE words_number = NEW.words_number) BEGIN"
        " SELECT RAISE(ABORT, 'ledger_destruction is append-only: REPLACE refused'); END"
    ),
    (
        "CREATE TRIGGER ledger_head_no_replace BEFORE INSERT ON ledger_head"
        " WHEN EXISTS (SELECT 1 FROM ledger_head WHERE id = NEW.id) BEGIN"
        " SELECT RAISE(ABORT, 'ledger_head is append-only: REPLACE refused'); END"
    ),
)

ON_POSTGRESQL = (
    (
        "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' refused'; END $$"
    ),
    (
        "CREATE FUNCTION ledger_words_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NOT EXISTS (SELECT 1 FROM ledger_destruction WHERE words_number = OLD.number) THEN"
        " RAISE EXCEPTION 'ledger_words is append-only: DELETE refused'; END IF; RETURN OLD; END $$"
    ),
    (
        "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry FOR EACH ROW WHEN (TRUE)"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_update BEFORE UPDATE ON ledger_destruction FOR EACH ROW"
        " WHEN (TRUE) EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_words_no_update BEFORE UPDATE ON ledger_words FOR EACH ROW WHEN (TRUE)"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW WHEN (TRUE)"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_delete BEFORE DELETE ON ledger_destruction FOR EACH ROW"
        " WHEN (TRUE) EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head FOR EACH ROW WHEN (TRUE)"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_words_no_delete BEFORE DELETE ON ledger_words FOR EACH ROW"
        " EXECUTE FUNCTION ledger_words_keep()"
    ),
    (
        "CREATE TRIGGER ledger_head_no_update BEFORE UPDATE ON ledger_head FOR EACH ROW"
        " WHEN (NEW.number <= OLD.number OR NEW.id <> OLD.id) EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_destruction_no_truncate BEFORE TRUNCATE ON ledger_destruction"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_words_no_truncate BEFORE TRUNCATE ON ledger_words FOR EACH STATEMENT"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
    (
        "CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT"
        " EXECUTE FUNCTION ledger_refuse()"
    ),
)

HEAD_OF_THE_CHAIN = (
    "INSERT INTO ledger_head (id, number, hash)"
    " VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000')"
)


def upgrade() -> None:
    make_ledger()
    make_outbox()
    make_accounts()
    make_casework()
    make_intake()
    make_the_ledger_append_only()


def make_the_ledger_append_only() -> None:
    connection = op.get_bind()
    for statement in ON_SQLITE if connection.dialect.name == "sqlite" else ON_POSTGRESQL:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(HEAD_OF_THE_CHAIN)


def make_ledger() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_entry")),
    )

    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
    )

    op.create_table(
        "ledger_destruction",
        sa.Column("words_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_number"],
            ["ledger_entry.number"],
            name=op.f("fk_ledger_destruction_entry_number_ledger_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["words_number"],
            ["ledger_entry.number"],
            name=op.f("fk_ledger_destruction_words_number_ledger_entry"),
        ),
        sa.PrimaryKeyConstraint("words_number", name=op.f("pk_ledger_destruction")),
    )

    op.create_table(
        "ledger_words",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["ledger_entry.number"], name=op.f("fk_ledger_words_number_ledger_entry")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_words")),
    )
    op.create_index(op.f("ix_ledger_words_actor_number"), "ledger_words", ["actor", "number"])
    op.create_index(op.f("ix_ledger_words_kind_number"), "ledger_words", ["kind", "number"])
    op.create_index(op.f("ix_ledger_words_subject_number"), "ledger_words", ["subject", "number"])


def make_outbox() -> None:
    op.create_table(
        "outbox_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(length=20), nullable=True),
        sa.Column("last_error", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_notice_key")),
    )
    op.create_index(op.f("ix_outbox_notice_about"), "outbox_notice", ["about"])
    op.create_index(op.f("ix_outbox_notice_next_try_at"), "outbox_notice", ["next_try_at"])


def make_accounts() -> None:
    op.create_table(
        "sign_in_lock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lockouts", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_lock")),
        sa.UniqueConstraint("address_index", name=op.f("uq_sign_in_lock_address_index")),
    )
    op.create_index(op.f("ix_sign_in_lock_last_attempt_at"), "sign_in_lock", ["last_attempt_at"])

    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_users_fs_uniquifier")),
    )

    op.create_table(
        "role_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_role_request_decided_by_users")),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_role_request_requested_by_users")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_role_request_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_request")),
    )
    op.create_index(
        "ix_role_request_waiting_once",
        "role_request",
        ["user_id", "role"],
        unique=True,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )

    op.create_table(
        "user_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_user_role_approved_by_users")),
        sa.ForeignKeyConstraint(["granted_by"], ["users.id"], name=op.f("fk_user_role_granted_by_users")),
        sa.ForeignKeyConstraint(["removed_by"], ["users.id"], name=op.f("fk_user_role_removed_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_role_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_role")),
    )
    op.create_index(
        "ix_user_role_held_once",
        "user_role",
        ["user_id", "role"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def make_casework() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("name_fr", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
    )
    op.create_index(
        op.f("ix_calendar_day_calendar_on_kind"), "calendar_day", ["calendar", "on", "kind"], unique=True
    )

    op.create_table(
        "file_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_file_counter")),
    )

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("area", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_incident_created_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )

    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("rulebook", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("origin_basis_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("investigator_id", sa.Uuid(), nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("happened_precision", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=True),
        sa.Column("context", sa.String(length=40), nullable=True),
        sa.Column("duty", sa.String(length=10), nullable=True),
        sa.Column("bias_alleged", sa.String(length=10), nullable=True),
        sa.Column("narrative_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("blinding_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_as", sa.String(length=40), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision_approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("departed", sa.Boolean(), nullable=False),
        sa.Column("departure_reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reconsiderable_until", sa.Date(), nullable=True),
        sa.Column("retaliation_reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_news", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["users.id"], name=op.f("fk_complaint_caseworker_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_complaint_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["decision_approved_by_id"], ["users.id"], name=op.f("fk_complaint_decision_approved_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_complaint_entered_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_complaint_incident_id_incident")
        ),
        sa.ForeignKeyConstraint(
            ["investigator_id"], ["users.id"], name=op.f("fk_complaint_investigator_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
    )
    op.create_index(
        op.f("ix_complaint_caseworker_id_next_due_on_id"), "complaint", ["caseworker_id", "next_due_on", "id"]
    )
    op.create_index(
        op.f("ix_complaint_has_news_next_due_on_id"), "complaint", ["has_news", "next_due_on", "id"]
    )
    op.create_index(op.f("ix_complaint_incident_id"), "complaint", ["incident_id"])
    op.create_index(
        op.f("ix_complaint_investigator_id_next_due_on_id"),
        "complaint",
        ["investigator_id", "next_due_on", "id"],
    )
    op.create_index(op.f("ix_complaint_next_due_on_id"), "complaint", ["next_due_on", "id"])
    op.create_index(op.f("ix_complaint_received_on_id"), "complaint", ["received_on", "id"])
    op.create_index(op.f("ix_complaint_state_next_due_on_id"), "complaint", ["state", "next_due_on", "id"])

    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("deadline", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.JSON(), nullable=False),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_clock_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(op.f("ix_clock_complaint_id"), "clock", ["complaint_id"])
    op.create_index(
        op.f("ix_clock_stopped_on_passed_at_due_on"), "clock", ["stopped_on", "passed_at", "due_on"]
    )

    op.create_table(
        "conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("declared_by_id", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_conflict_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["users.id"], name=op.f("fk_conflict_declared_by_id_users")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["users.id"], name=op.f("fk_conflict_person_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index(op.f("ix_conflict_complaint_id"), "conflict", ["complaint_id"])
    op.create_index(
        op.f("ix_conflict_person_id_complaint_id"), "conflict", ["person_id", "complaint_id"], unique=True
    )

    op.create_table(
        "file_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=True),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_file_event_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_event")),
    )
    op.create_index(op.f("ix_file_event_complaint_id_id"), "file_event", ["complaint_id", "id"])

    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("authority_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("placed_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("resumed_by_id", sa.Uuid(), nullable=True),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumption_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["users.id"], name=op.f("fk_hold_approved_by_id_users")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_hold_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["placed_by_id"], ["users.id"], name=op.f("fk_hold_placed_by_id_users")),
        sa.ForeignKeyConstraint(["resumed_by_id"], ["users.id"], name=op.f("fk_hold_resumed_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_complaint_id"), "hold", ["complaint_id"])

    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("draft_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("writer_ids", sa.JSON(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_outcome_approved_by_id_users")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_outcome_author_id_users")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_outcome_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_outcome_complaint_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_outcome_reference")),
    )
    op.create_index(
        op.f("ix_outcome_state_published_at_reference"), "outcome", ["state", "published_at", "reference"]
    )

    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=True),
        sa.Column("represents_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("consent_to_mail", sa.Boolean(), nullable=False),
        sa.Column("has_email", sa.Boolean(), nullable=False),
        sa.Column("has_other_contact", sa.Boolean(), nullable=False),
        sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("receipt_issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subject_kind", sa.String(length=20), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("heard_as", sa.String(length=10), nullable=True),
        sa.Column("response_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_party_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["represents_id"], ["party.id"], name=op.f("fk_party_represents_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_party_receipt_hash")),
    )
    op.create_index(op.f("ix_party_complaint_id"), "party", ["complaint_id"])

    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("workflow", sa.String(length=10), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_proposal_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_proposal_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_proposal_proposed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_complaint_id_status"), "proposal", ["complaint_id", "status"])
    op.create_index(op.f("ix_proposal_status_id"), "proposal", ["status", "id"])

    op.create_table(
        "review_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_review_copy_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["users.id"], name=op.f("fk_review_copy_prepared_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_copy")),
    )
    op.create_index(op.f("ix_review_copy_complaint_id"), "review_copy", ["complaint_id"])

    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draw_seed", sa.String(length=64), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_seat_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["users.id"], name=op.f("fk_seat_person_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_complaint_id"), "seat", ["complaint_id"])
    op.create_index(op.f("ix_seat_person_id_status_id"), "seat", ["person_id", "status", "id"])

    op.create_table(
        "allegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("context", sa.String(length=40), nullable=True),
        sa.Column("camera", sa.String(length=10), nullable=False),
        sa.Column("bias_kinds", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(length=60), nullable=True),
        sa.Column("referred_to", sa.String(length=60), nullable=True),
        sa.Column("finding", sa.String(length=60), nullable=True),
        sa.Column("finding_reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrective_recommended", sa.String(length=60), nullable=True),
        sa.Column("corrective_imposed", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_allegation_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["party.id"], name=op.f("fk_allegation_subject_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegation")),
    )
    op.create_index(op.f("ix_allegation_complaint_id"), "allegation", ["complaint_id"])
    op.create_index(op.f("ix_allegation_subject_id"), "allegation", ["subject_id"])

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_message_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_message_party_id_party")),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_message_written_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_complaint_id_id"), "message", ["complaint_id", "id"])
    op.create_index(op.f("ix_message_party_id_id"), "message", ["party_id", "id"])

    op.create_table(
        "outcome_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("published", sa.JSON(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_outcome_version_by_id_users")),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_version_outcome_id_outcome")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_version")),
    )
    op.create_index(op.f("ix_outcome_version_outcome_id"), "outcome_version", ["outcome_id"])

    op.create_table(
        "party_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safe_contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("support_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("badge_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("authority_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_party_identity_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_identity")),
        sa.UniqueConstraint("party_id", name=op.f("uq_party_identity_party_id")),
    )

    op.create_table(
        "reconsideration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_ending", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_as", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_reconsideration_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_reconsideration_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsideration")),
    )
    op.create_index(op.f("ix_reconsideration_complaint_id"), "reconsideration", ["complaint_id"])

    op.create_table(
        "self_identification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.String(length=120), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_self_identification_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_identification")),
        sa.UniqueConstraint("party_id", name=op.f("uq_self_identification_party_id")),
    )

    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("receipt_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_submission_complaint_id_complaint")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_submission_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("form_key", name=op.f("uq_submission_form_key")),
    )
    op.create_index(op.f("ix_submission_at"), "submission", ["at"])

    op.create_table(
        "held_allegation",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("allegation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegation.id"], name=op.f("fk_held_allegation_allegation_id_allegation")
        ),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_held_allegation_hold_id_hold")),
        sa.PrimaryKeyConstraint("hold_id", "allegation_id", name=op.f("pk_held_allegation")),
    )

    op.create_table(
        "panel_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("allegation_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.String(length=60), nullable=False),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegation.id"], name=op.f("fk_panel_finding_allegation_id_allegation")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_panel_finding_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_finding")),
    )
    op.create_index(
        op.f("ix_panel_finding_seat_id_allegation_id"),
        "panel_finding",
        ["seat_id", "allegation_id"],
        unique=True,
    )


def make_intake() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_draft_entered_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_touched_at"), "draft", ["touched_at"])
