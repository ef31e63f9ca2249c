"""The office's commands. Each calls one action; what is heavy is imported by the command that needs it."""

import click

from oversight.cli.backups import backup, restore
from oversight.cli.figures import benchmark, figures
from oversight.cli.history import import_history
from oversight.cli.keys import keys
from oversight.cli.ledger import ledger
from oversight.cli.reports import report
from oversight.cli.running import serve, tick, worker
from oversight.cli.setting_up import check, demo, init
from oversight.cli.workflow import workflow


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Oversight: case management for civilian oversight of policing."""


for command in (
    init,
    demo,
    check,
    serve,
    worker,
    tick,
    ledger,
    import_history,
    figures,
    benchmark,
    report,
    workflow,
    keys,
    backup,
    restore,
):
    main.add_command(command)
