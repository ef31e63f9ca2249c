"""The way back: a backup is checked whole, beside the office, and takes its place in one step at the end.

Until that step nothing of the office is touched. What is cut short leaves `settings.restoring_file`, and
commands refuse an office that has one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, select
from sqlalchemy.orm import Session

from oversight.backups.folder import (
    DATABASE,
    FILES,
    Manifest,
    Tell,
    between,
    check_files,
    check_seal,
    copy_file,
    put_on_disk,
    read_manifest,
    sha256_of,
)
from oversight.backups.loading import load
from oversight.backups.opening import check_keys
from oversight.backups.refusals import CannotRestore, in_words
from oversight.keys import parse_sealing_keys, read_keys, write_keys
from oversight.kit import migrations
from oversight.kit.seal import Keyring
from oversight.ledger import verify
from oversight.ledger.models import Head
from oversight.outbox import notices_waiting
from oversight.settings import Settings


@dataclass(frozen=True)
class Restored:
    """What was restored: the backup's manifest, the ledger's entries checked, the notices that wait."""

    manifest: Manifest
    entries: int
    waiting: int


def restore(engine: Engine, settings: Settings, folder: Path, keys: dict[str, str], tell: Tell) -> Restored:
    """Restore a backup into an office that is new; put `keys` into its folder. Raises CannotRestore."""
    with in_words(CannotRestore, folder):
        manifest = _readable_manifest(settings, folder)
        restored = _finished(engine, settings, manifest)
        if restored is None:
            _refuse_an_office_at_work(engine, settings)
            _refuse_what_is_in_the_way(settings, manifest, keys)
            check_files(folder, manifest.files, between(tell, 0, 20))
            restored = _restore(engine, settings, folder, manifest, keys, between(tell, 20, 100))
    tell(100)
    return restored


def _finished(engine: Engine, settings: Settings, manifest: Manifest) -> Restored | None:
    """What a restore did that was cut short between its last two steps, after PostgreSQL's commit."""
    if settings.database_file or not settings.restoring_file.exists():
        return None
    with engine.connect() as connection:
        number, last = _head(connection)
        # An empty ledger ends alike before and after: nothing tells that it was done, so it is done again.
        if not number or (number, last) != manifest.head:
            return None
        _clear(settings.restoring_file)
        return _verified(connection, manifest)


def _restore(
    engine: Engine, settings: Settings, folder: Path, manifest: Manifest, keys: dict[str, str], tell: Tell
) -> Restored:
    work = settings.restoring_file
    with _cleared_if_refused(work):
        copy_file(folder / DATABASE, work)
        beside = create_engine(f"sqlite:///{work}", poolclass=NullPool)
        migrations.bring_up_to_date(beside)
        check_keys(beside, Keyring(parse_sealing_keys(settings.sealing_keys)))
        tell(20)
        keep = partial(_put_in_place, settings, folder, manifest, keys)
        if settings.database_file:
            return _restore_sqlite(engine, beside, settings, manifest, keep)
        return _restore_postgresql(engine, work, manifest, keep, between(tell, 20, 80))


def _readable_manifest(settings: Settings, folder: Path) -> Manifest:
    """The manifest of a backup that this software, this place and these keys can restore."""
    manifest, fields = read_manifest(folder)
    mine = parse_sealing_keys(settings.sealing_keys)
    check_seal(fields, Keyring(mine))
    if lacking := sorted(set(manifest.sealing_keys) - set(mine)):
        raise CannotRestore(
            f"The keys lack {', '.join(lacking)}, and nobody could read what that sealed. "
            "Use a copy of the keys that is younger than their last rotation."
        )
    if not migrations.knows(manifest.migration):
        raise CannotRestore(
            f"The backup was made by a newer software ({manifest.software}, migration {manifest.migration}): "
            "restore it with that one."
        )
    if manifest.place != settings.place:
        raise CannotRestore(f"It is an office of {manifest.place}; OVERSIGHT_PLACE says {settings.place}.")
    return manifest


def _refuse_an_office_at_work(engine: Engine, settings: Settings) -> None:
    if settings.database_file and not settings.database_file.exists():
        return
    with engine.connect() as connection:
        _refuse_entries(connection)
    # A connection that stayed open would belong to a file that another is about to replace.
    engine.dispose()


def _refuse_entries(connection: Connection) -> None:
    number, _ = _head(connection)
    if number:
        raise CannotRestore(
            f"This office is not new: its ledger has {number:,} entries. Restore into another data folder "
            "and an empty database, in place of `oversight init`."
        )


def _refuse_what_is_in_the_way(settings: Settings, manifest: Manifest, keys: dict[str, str]) -> None:
    for name, copied in manifest.files.items():
        there = settings.data_dir / Path(name).relative_to(FILES) if name != DATABASE else None
        if there and there.exists() and sha256_of(there) != copied.sha256:
            raise CannotRestore(f"{there} is there already, and is another file than the backup's.")
    for name, key in read_keys(settings.data_dir).items():
        if keys.get(name, key) != key:
            raise CannotRestore(f"{settings.data_dir / name} is there already, and is another key.")


def _head(connection: Connection) -> tuple[int, str]:
    """The last entry's number and hash in that database; 0 where there is no ledger."""
    if not inspect(connection).has_table(Head.__tablename__):
        return (0, "")
    number, last = connection.execute(select(Head.number, Head.hash)).one()
    return (number, last)


def _restore_sqlite(
    engine: Engine, beside: Engine, settings: Settings, manifest: Manifest, put_in_place: Callable[[], None]
) -> Restored:
    with beside.connect() as connection:
        restored = _verified(connection, manifest)
    _refuse_an_office_at_work(engine, settings)
    put_in_place()
    target, work = settings.database_file, settings.restoring_file
    assert target is not None
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    put_on_disk(work)
    work.replace(target)
    put_on_disk(target.parent)
    return restored


def _restore_postgresql(
    engine: Engine, work: Path, manifest: Manifest, put_in_place: Callable[[], None], tell: Tell
) -> Restored:
    with engine.begin() as connection:
        migrations.upgrade(connection)
        # Whoever writes anything waits for this row from here on.
        connection.exec_driver_sql(f"LOCK TABLE {Head.__tablename__}")
        _refuse_entries(connection)
        load(connection, work, tell)
        restored = _verified(connection, manifest)
        put_in_place()
    _clear(work)
    return restored


def _verified(connection: Connection, manifest: Manifest) -> Restored:
    """What stands in that database, if its ledger is whole and ends where the backup's did."""
    with Session(connection) as session:
        found = verify(session)
        number, last = session.execute(select(Head.number, Head.hash)).one()
        waiting = notices_waiting(session)
    if found.faults:
        raise CannotRestore(f"The backup's ledger is not whole: {found.faults[0]}")
    if (number, last) != manifest.head:
        raise CannotRestore(f"The ledger ends at {number}, and the backup's at {manifest.ledger_number}.")
    return Restored(manifest, found.entries, waiting)


def _put_in_place(settings: Settings, folder: Path, manifest: Manifest, keys: dict[str, str]) -> None:
    """Put keys and files where the office keeps them; those that an earlier attempt put there stay."""
    write_keys(settings.data_dir, keys)
    for name in manifest.files.keys() - {DATABASE}:
        there = settings.data_dir / Path(name).relative_to(FILES)
        if not there.exists():
            unfinished = there.with_name(f".{there.name}.restoring")
            unfinished.unlink(missing_ok=True)
            copy_file(folder / name, unfinished)
            put_on_disk(unfinished)
            unfinished.replace(there)


@contextmanager
def _cleared_if_refused(work: Path) -> Iterator[None]:
    """What is refused leaves nothing of itself, nor of an earlier attempt that was cut short."""
    _clear(work)
    try:
        yield
    except BaseException:
        _clear(work)
        raise


def _clear(work: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{work}{ending}").unlink(missing_ok=True)
