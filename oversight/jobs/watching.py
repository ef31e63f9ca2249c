"""What whoever watches the office may measure, in Prometheus's words: counts and times, never whose.

Requests and steps are counted by each process, in files of a folder that all the web processes share. How
the office fares is read from the database when asked, so that any one of them knows it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from oversight.jobs.queries import Standing, standing_of_office
from oversight.kit import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class OfficeCollector(Collector):
    """How the office fares, asked anew at each scrape."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterable[Metric]:
        """Yield what can be known; without a database, that it does not answer."""
        at = clock.now()
        with self._app.app_context():
            try:
                standing = standing_of_office(at=at, on=clock.local_date(at, self._app.config["ZONE"]))
            except SQLAlchemyError:
                standing = None
        name = "oversight_database_answers"
        yield GaugeMetricFamily(name, "1 if the database answers, else 0.", value=int(standing is not None))
        if standing:
            yield from _measures_of(standing)


def _measures_of(standing: Standing) -> Iterable[Metric]:
    gauges = (
        ("oldest_unsent_notice_seconds", "How long the oldest unsent notice waits.", standing.oldest_unsent),
        ("overdue_clocks", "Open deadlines that have passed, at most 1000.", standing.overdue_clocks),
        ("last_round_timestamp_seconds", "When the last round ended; 0 before it.", standing.last_round),
        ("ledger_entries", "The number of the ledger's last entry.", standing.ledger_entries),
    )
    counters = (
        ("rounds", "Rounds made.", standing.rounds),
        ("notices_given_up", "Notices nobody will try to send any more.", standing.notices_given_up),
    )
    for name, words, value in gauges:
        yield GaugeMetricFamily(f"oversight_{name}", words, value=value)
    for name, words, count in counters:
        yield CounterMetricFamily(f"oversight_{name}", words, value=count)


def beside(app: Flask, *, port: int) -> "WSGIApplication":
    """The office's pages, and on that port, where the public does not come, its measures in their place."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # joins the registry by itself
    registry.register(OfficeCollector(app))
    measures: Any = make_wsgi_app(registry)

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        # The port of the socket that the request came in by, whatever the request says of itself.
        wanted = measures if environ["SERVER_PORT"] == str(port) else app
        found: Iterable[bytes] = wanted(environ, start_response)
        return found

    return answer
