"""An export brought in: what stands afterwards, what a second run does, and what is never half-written."""

import csv
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.casework.models import (
    Allegation,
    Clock,
    Complaint,
    FileCounter,
    FileEvent,
    ImportBatch,
    ImportedFile,
    Party,
    PartyIdentity,
    RecordedDemographics,
    SelfIdentificationRecord,
)
from oversight.importing import running
from oversight.importing.command import ImportFailed
from oversight.jobs.rounds import make_round
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from tests.cast import INES, the
from tests.factories import AT, filed, take
from tests.importing.conftest import WIDE, Bring
from tests.importing.wide import FIRST, SECOND, THIRD, write_wide


def count(model: type) -> int:
    return session().scalar(select(func.count()).select_from(model)) or 0


def listed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as sheet:
        return list(csv.reader(sheet))


def the_file(number: str) -> Complaint:
    session().rollback()
    return session().scalars(select(Complaint).where(Complaint.former_number == number)).one()


def test_a_row_becomes_a_file_with_its_people_and_what_was_alleged(bring: Bring) -> None:
    done = bring()
    assert (done.summary.brought_in, done.summary.refused) == (3, 0)
    file = the_file("R-17/001")
    assert (file.number, file.source, file.rulebook) == ("2017-00001", "riviere", "alberta_2011")
    assert (file.received_on, file.happened_on, file.ended_on) == (
        date(2017, 3, 7),
        date(2017, 3, 1),
        date(2017, 9, 6),
    )
    assert (file.state, file.ended_as, file.language, file.channel) == ("resolved", "resolved", "fr", "phone")
    assert file.narrative == FIRST["recit"]
    complainant, *officers = sorted(file.parties, key=lambda each: (each.kind, each.ordinal))
    assert complainant.identity is not None
    assert (complainant.kind, complainant.identity.name) == ("complainant", "Zoë Lefèvre")
    names = [officer.identity.name for officer in officers if officer.identity]
    assert names == ["Aimé Tournesol", "Inès Cœur", "Guy Noël"]
    told = [(each.code, each.own_code, each.finding, each.own_finding) for each in file.allegations]
    assert told == [
        ("exercise_of_authority", "Force", "sustained", "Fondée"),
        ("discreditable_conduct", "Impolitesse", "unfounded", "Non fondée"),
        ("neglect_of_duty", "Négligence", None, None),
    ]
    assert [each.status for each in file.allegations] == ["decided", "decided", "closed"]
    assert [each.subject for each in file.allegations] == officers


def test_an_officer_is_known_across_files(bring: Bring) -> None:
    bring()
    same = select(Party.known_as, func.count()).where(Party.known_as.is_not(None)).group_by(Party.known_as)
    assert sorted(times for _, times in session().execute(same)) == [1, 1, 2]


def test_race_keeps_its_source_and_is_never_a_self_identification(bring: Bring) -> None:
    bring()
    recorded = session().scalars(select(RecordedDemographics)).all()
    answers = sorted(
        (each.race_source, each.answers["race_words"], each.answers["race_codes"], each.answers["age"])
        for each in recorded
    )
    assert answers == [
        ("perceived", ["Autre"], ["ANOTHER_RACIAL_IDENTITY"], None),
        ("perceived", ["Noir"], ["BLACK"], 34),
    ]
    assert count(SelfIdentificationRecord) == 0


def test_nothing_that_names_anyone_lies_in_the_clear(bring: Bring, context: Flask) -> None:
    bring()
    session().rollback()
    wanted = [FIRST["recit"].splitlines()[0], "Tournesol", "Lefèvre", "K8801", "Côte-à-l’Eau", "Noir"]
    for table in (Complaint, Party, PartyIdentity, ImportedFile, RecordedDemographics, FileEvent, Words):
        for row in session().execute(select(table.__table__)).all():
            kept = " ".join(
                cell.decode("utf-8", "ignore") if isinstance(cell, bytes) else str(cell) for cell in row
            )
            assert not [word for word in wanted if word in kept], table


def test_nothing_runs_and_nobody_is_told(bring: Bring) -> None:
    bring()
    make_round(at=AT)
    assert (count(Clock), count(StoredNotice)) == (0, 0)
    pending = the_file("R-18/002")
    assert pending.waits_for_adoption
    assert pending.state == "investigation"


def test_what_is_odd_about_a_file_is_flagged(bring: Bring) -> None:
    done = bring()
    flags = select(ImportedFile.flags).join(Complaint, Complaint.id == ImportedFile.complaint_id)
    odd = session().scalars(flags.where(Complaint.former_number == THIRD["no_dossier"])).one()
    assert sorted(odd) == ["ended_before_received", "received_before_incident"]
    assert done.summary.flags["ended_before_received"] == 1


def test_the_ledger_has_one_entry_for_the_batch(bring: Bring) -> None:
    bring()
    (entry,) = session().scalars(select(Words).where(Words.kind.like("import.%"))).all()
    batch = session().scalars(select(ImportBatch)).one()
    assert batch.finished_at is not None
    assert entry.kind == "import.batch"
    assert entry.facts["inputs"] == batch.inputs
    assert len(batch.inputs["dossiers"]) == 64
    assert count(Words) == 1
    assert not verify(session()).faults


def test_a_second_run_adds_nothing(bring: Bring) -> None:
    bring()
    before = [count(model) for model in (Complaint, Party, Allegation, FileEvent, Words, ImportBatch)]
    done = bring()
    assert (done.summary.brought_in, done.summary.here_already) == (0, 3)
    assert [count(model) for model in (Complaint, Party, Allegation, FileEvent, Words, ImportBatch)] == before


def test_a_dry_run_says_what_would_come_and_writes_nothing(bring: Bring) -> None:
    done = bring(dry_run=True)
    assert done.summary.brought_in == 3
    assert (count(Complaint), count(ImportBatch), count(FileCounter), count(Words)) == (0, 0, 0, 0)
    assert "Nothing was written" in done.as_table()


def test_allegations_about_no_officer_are_counted(bring: Bring, tmp_path: Path) -> None:
    text = WIDE.read_text("utf-8").replace('only_if = "agent1"\n', "").replace('key = "agent1"\n', "")
    (tmp_path / "mapping.toml").write_text(text.replace('officer = "agent1"\n', ""), "utf-8")
    nameless = {**FIRST, "agent1": "", "prenom1": "", "nom1": ""}
    done = bring(write_wide(tmp_path / "e", [nameless]), tmp_path / "mapping.toml", dry_run=True)
    assert (done.summary.allegations, done.summary.about_no_officer) == (3, 1)
    assert "          1  of these about no officer" in done.as_table()
    assert bring(dry_run=True).as_json()["allegations_about_no_officer"] == 0


@pytest.mark.one_database
def test_what_to_do_about_an_older_encoding_is_said(bring: Bring, tmp_path: Path) -> None:
    text = WIDE.read_text("utf-8").replace('encoding = "cp1252"\n', "")
    (tmp_path / "mapping.toml").write_text(text, "utf-8")
    done = bring(mapping=tmp_path / "mapping.toml", dry_run=True)
    assert "can't be read as utf-8" in done.as_table()
    assert 'encoding = ["utf-8", "cp1252"]' in done.as_table()
    assert "encoding =" not in bring(dry_run=True).as_table()


def test_how_a_file_came_in_is_not_made_up(bring: Bring, tmp_path: Path) -> None:
    bring(write_wide(tmp_path / "e", [{**FIRST, "mode": ""}, {**SECOND, "mode": "courriel"}]))
    text = 'channel = { column = "mode", values = { "courriel" = "email" } }'
    assert the_file("R-17/001").channel == "unknown"
    lines = WIDE.read_text("utf-8").splitlines()
    lines = [text if line.startswith("channel") else line for line in lines]
    (tmp_path / "mapping.toml").write_text("\n".join(lines).replace('"riviere"', '"other"'), "utf-8")
    bring(
        write_wide(tmp_path / "f", [{**SECOND, "mode": "courriel", "no_dossier": "X"}]),
        tmp_path / "mapping.toml",
    )
    assert the_file("X").channel == "email"


def changed(folder: Path) -> Path:
    return write_wide(folder, [{**FIRST, "suite1": "Non fondée", "recit": "Autrement."}, SECOND, THIRD])


def test_a_list_of_odd_rows_is_written_over_another_such_list_and_over_nothing_else(
    bring: Bring, tmp_path: Path
) -> None:
    exports = write_wide(tmp_path / "e", [{**FIRST, "recu": "soon"}, SECOND])
    export = next(exports.iterdir())
    before = export.read_bytes()
    with pytest.raises(ImportFailed, match="is there already and lists no odd rows"):
        bring(exports, dry_run=True, listed_in=export)
    assert export.read_bytes() == before
    odd = tmp_path / "odd.csv"
    for _ in range(2):
        assert bring(exports, dry_run=True, listed_in=odd).listed_in == odd


def test_a_changed_row_is_reported_and_left(bring: Bring, tmp_path: Path) -> None:
    bring()
    done = bring(changed(tmp_path / "later"))
    assert (done.summary.changed_and_left, done.summary.here_already) == (1, 2)
    assert the_file("R-17/001").narrative == FIRST["recit"]
    assert done.listed_in is not None
    rows = listed(done.listed_in)
    assert ["changed", "dossiers", "2"] in [row[:3] for row in rows]


def test_a_changed_row_is_taken_when_asked_for(bring: Bring, tmp_path: Path) -> None:
    bring()
    before = the_file("R-17/001")
    number, version = before.number, before.version
    done = bring(changed(tmp_path / "later"), update=True)
    assert (done.summary.brought_up_to_date, done.summary.here_already) == (1, 2)
    after = the_file("R-17/001")
    assert (after.number, after.narrative) == (number, "Autrement.")
    assert after.version > version
    assert [each.finding for each in after.allegations] == ["unfounded", "unfounded", None]
    assert len(after.parties) == 4
    again = bring(changed(tmp_path / "later"), update=True)
    assert (again.summary.here_already, again.summary.brought_up_to_date) == (3, 0)
    third = bring(update=True)
    assert third.summary.brought_up_to_date == 1


def test_a_file_that_was_worked_on_here_is_never_written_over(bring: Bring, tmp_path: Path) -> None:
    bring()
    the(INES)
    take(the_file("R-18/002"), "adopt", by=INES)
    later = write_wide(tmp_path / "later", [FIRST, {**SECOND, "recit": "Autrement."}, THIRD])
    done = bring(later, update=True)
    assert (done.summary.brought_up_to_date, done.summary.changed_and_left) == (0, 1)
    assert the_file("R-18/002").narrative == SECOND["recit"]


def test_numbers_go_on_where_the_offices_own_stand(bring: Bring, tmp_path: Path) -> None:
    own = filed().number
    late = [{**THIRD, "no_dossier": f"N{n}", "recu": "20261101", "ferme": "20261102"} for n in range(3)]
    bring(write_wide(tmp_path / "late", late))
    after = filed().number
    numbers = session().scalars(select(Complaint.number).order_by(Complaint.number)).all()
    assert numbers == [f"2026-{n:05}" for n in range(1, 6)]
    assert (own, after) == ("2026-00001", "2026-00005")


def test_a_mapping_at_fault_is_refused_before_anything_is_written(bring: Bring, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    text = (Path(__file__).parents[2] / "docs" / "examples" / "one-wide-file.toml").read_text("utf-8")
    wrong.write_text(text.replace('"recu"', '"reçu"').replace('"not_sustained"', '"not_sustaind"'), "utf-8")
    with pytest.raises(ImportFailed) as refused:
        bring(mapping=wrong)
    assert "“recu”" in str(refused.value)
    assert "“not_sustained”" in str(refused.value)
    assert (count(Complaint), count(ImportBatch)) == (0, 0)


def test_a_file_that_can_not_be_read_is_refused_before_anything_is_written(
    bring: Bring, tmp_path: Path
) -> None:
    folder = write_wide(tmp_path / "cut")
    packed = folder / "dossiers.csv.gz"
    packed.write_bytes(packed.read_bytes()[:-12])
    with pytest.raises(ImportFailed, match=r"dossiers\.csv\.gz"):
        bring(folder)
    assert (count(Complaint), count(ImportBatch)) == (0, 0)


def test_a_piece_that_fails_leaves_nothing_of_itself(
    bring: Bring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [{**THIRD, "no_dossier": f"N{n}"} for n in range(5)]
    folder = write_wide(tmp_path / "five", rows)
    monkeypatch.setattr(running, "PIECE", 2)
    whole, written = running.bring_up_to_date, []

    def dies(*args: object, **named: object) -> None:
        written.append(1)
        if len(written) == 2:
            raise MemoryError
        whole(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "bring_up_to_date", dies)
    with pytest.raises(MemoryError):
        bring(folder)
    session().rollback()
    assert (count(Complaint), count(ImportedFile), count(FileEvent)) == (2, 2, 2)
    assert bring(folder).summary.brought_in == 3
    numbers = session().scalars(select(Complaint.number).order_by(Complaint.number)).all()
    assert numbers == [f"2019-{n:05}" for n in range(1, 6)]
    assert count(ImportBatch) == 1
    assert count(Words) == 1


def test_someone_at_work_on_a_file_is_not_written_over_by_an_update(
    bring: Bring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bring()
    the(INES)
    look, met = running.files_here_already, []

    def meanwhile(source: str, numbers: list[str]) -> object:
        here = look(source, numbers)
        if not met:
            met.append(1)
            take(the_file("R-18/002"), "adopt", by=INES)
        return here

    monkeypatch.setattr(running, "files_here_already", meanwhile)
    later = write_wide(tmp_path / "later", [FIRST, {**SECOND, "recit": "Autrement."}, THIRD])
    done = bring(later, update=True)
    assert done.summary.changed_and_left == 1
    assert the_file("R-18/002").narrative == SECOND["recit"]
    assert the_file("R-18/002").adopted_at is not None


@pytest.mark.one_database
def test_the_list_of_rows_is_private_and_says_so(bring: Bring) -> None:
    done = bring()
    assert done.listed_in is not None
    assert done.listed_in.stat().st_mode & 0o077 == 0
    first, header, *rows = listed(done.listed_in)
    assert "personal data" in first[0]
    assert header[0] == "kind"
    assert {row[0] for row in rows} == {"repaired", "flagged"}
    assert done.as_json()["listed_in"] == str(done.listed_in)


@pytest.mark.one_database
def test_the_list_goes_where_it_is_wanted(bring: Bring, tmp_path: Path) -> None:
    wanted = tmp_path / "list.csv"
    assert bring(listed_in=wanted).listed_in == wanted
    assert wanted.exists()


@pytest.mark.one_database
def test_free_text_among_coded_words_is_pointed_out(bring: Bring, tmp_path: Path) -> None:
    rows = [{**FIRST, "no_dossier": f"N{n}", "motif1": f"Ce que dit le plaignant {n}"} for n in range(70)]
    done = bring(write_wide(tmp_path / "wordy", rows), dry_run=True)
    assert done.summary.wordy == {"code": 72}
    assert "The field code has 72 different words" in done.as_table()
    assert bring(dry_run=True).summary.wordy == {}
