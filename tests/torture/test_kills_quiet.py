"""The database goes away and comes back while nobody is there: whoever comes next notices nothing."""

import tempfile
from pathlib import Path

from oversight.jobs.rounds import make_round
from oversight.kit.clock import now
from tests.databases import roomy
from tests.outbox.conftest import Sink, sink
from tests.torture.durable_postgres import DurablePostgres
from tests.torture.settled import come_due, settled

__all__ = ["sink"]


def test_whoever_comes_first_after_the_database_came_back_meets_no_error(sink: Sink) -> None:
    with tempfile.TemporaryDirectory(prefix="oversight-kills-", dir=roomy()) as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = DurablePostgres(folder)
        with settled(server.url, folder, sink) as (app, _):
            visitor = app.test_client()
            assert visitor.get("/outcomes").status_code == 200
            server.kill()
            server.start()
            assert visitor.get("/outcomes").status_code == 200
            server.kill()
            server.start()
            assert visitor.get("/outcomes").status_code == 200
            with app.app_context():
                come_due(1)
            server.kill()
            server.start()
            with app.app_context():
                assert make_round(at=now()).deadlines == 1
        server.end()
