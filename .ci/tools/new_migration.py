"""Writes the next numbered migration: what the models have and the migrations before it do not."""

import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import Script
from sqlalchemy import create_engine

import oversight
from oversight.kit.migrations import bring_up_to_date, config, folder, newest


def main() -> None:
    what = " ".join(sys.argv[1:]).strip()
    if not what:
        sys.exit('Say what it does: make migration m="add the support person\'s phone"')
    written = write_migration(what, number=f"{int(newest() or 0) + 1:04}")
    # Two branches that both add a migration collide in this file, in git, before they do on a database.
    (folder() / ".current-head").write_text(f"{written.stem}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", written], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--fix", written], check=False)
    print(f"Wrote {written.relative_to(Path.cwd())}. Read it: triggers and moved data are yours to add.")


def write_migration(what: str, *, number: str) -> Path:
    """Compare the models with a database that all the migrations so far have made."""
    import_every_model()
    with tempfile.TemporaryDirectory() as scratch:
        engine = create_engine(f"sqlite:///{scratch}/before.sqlite")
        bring_up_to_date(engine)
        with engine.begin() as connection:
            script = command.revision(config(connection), what, autogenerate=True, rev_id=number)
        engine.dispose()
    assert isinstance(script, Script)
    return Path(script.path)


def import_every_model() -> None:
    """A room keeps its tables in a module named models; a table that nobody imported would seem dropped."""
    for room in Path(oversight.__file__).parent.iterdir():
        if (room / "models.py").exists() or (room / "models").is_dir():
            importlib.import_module(f"oversight.{room.name}.models")


if __name__ == "__main__":
    main()
