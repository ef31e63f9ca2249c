"""An import as the command runs it, into the test's own office."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from oversight.importing.command import Done, import_export
from oversight.kit import migrations
from tests.importing.wide import write_wide

EXAMPLES = migrations.folder().parent / "docs" / "examples"
WIDE = EXAMPLES / "one-wide-file.toml"
PHILADELPHIA = EXAMPLES / "philadelphia.toml"

Bring = Callable[..., Done]


@pytest.fixture
def bring(context: Flask, tmp_path: Path) -> Bring:
    """Bring in a folder of exports; without words of its own, the wide example."""

    def run(
        folder: Path | None = None,
        mapping: Path = WIDE,
        *,
        dry_run: bool = False,
        update: bool = False,
        listed_in: Path | None = None,
    ) -> Done:
        settings = context.config["SETTINGS"]
        exports = folder or write_wide(tmp_path / "exports")
        return import_export(
            mapping, exports, settings, listed_in, lambda *_: None, dry_run=dry_run, update=update
        )

    return run
