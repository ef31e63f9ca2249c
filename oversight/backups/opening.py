"""Whether the keys at hand open what a backup holds: every sealed column, for every key that sealed in it."""

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, literal, select

from oversight.backups.refusals import CannotRestore
from oversight.kit.reseal import sealed_columns
from oversight.kit.seal import Keyring, SealError, place_of

COLON = literal(b":", LargeBinary)


def check_keys(engine: Engine, keys: Keyring) -> None:
    """Open one value of each sealed column under each of the keys that sealed there.

    CannotRestore, naming the column and how many values could not be read, if one stays closed. The
    database is a backup's SQLite file.
    """
    with engine.connect() as connection:
        for table, column in sorted(sealed_columns(), key=lambda pair: (pair[0].name, pair[1])):
            _check_column(connection, table, column, keys)


def _check_column(connection: Connection, table: Table, name: str, keys: Keyring) -> None:
    column = table.c[name]
    key_id = func.substr(column, 1, func.instr(column, COLON) - 1)
    one_of_each = select(func.min(table.c.id), func.count()).where(column.is_not(None)).group_by(key_id)
    for row_id, count in connection.execute(one_of_each).all():
        sealed = connection.scalar(select(column).where(table.c.id == row_id))
        try:
            keys.open(sealed or b"", place_of(table.name, name, row_id))
        except SealError:
            raise CannotRestore(
                f"The keys do not open {count:,} values of {table.name}.{name}: one is lacking, or is "
                "another than it was."
            ) from None
