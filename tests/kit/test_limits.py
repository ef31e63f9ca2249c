"""How hits are counted in one process."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from limits import parse
from limits.strategies import FixedWindowRateLimiter
from time_machine import travel

from oversight.kit.limits import SECONDS_BETWEEN_LOOKS, SeldomSwept

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def test_a_window_is_counted_to_its_end_and_then_anew() -> None:
    rate, limiter = parse("3 per minute"), FixedWindowRateLimiter(SeldomSwept())
    with travel(NOON, tick=False):
        assert [limiter.hit(rate, "one address") for _ in range(4)] == [True, True, True, False]
        assert limiter.hit(rate, "another")
    with travel(NOON + A_MINUTE - timedelta(seconds=1), tick=False):
        assert not limiter.hit(rate, "one address")
    with travel(NOON + A_MINUTE, tick=False):
        assert limiter.hit(rate, "one address")


def test_addresses_of_long_ago_are_forgotten_without_a_thread_for_it() -> None:
    storage = SeldomSwept()
    storage.timer.join()
    with travel(NOON, tick=False):
        for number in range(50):
            storage.incr(f"address {number}", SECONDS_BETWEEN_LOOKS)
    before = threading.active_count()
    with travel(NOON + A_MINUTE, tick=False):
        storage.incr("somebody else", SECONDS_BETWEEN_LOOKS)
        assert list(storage.storage) == list(storage.expirations) == ["somebody else"]
    assert threading.active_count() == before


class Slow(dict[str, float]):
    """A dictionary that lets others come between a look and what follows from it."""

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        time.sleep(0.01)
        return found


def test_no_hit_is_lost_among_those_who_come_at_once() -> None:
    storage = SeldomSwept()
    storage.expirations = Slow()
    people = [threading.Thread(target=storage.incr, args=("one address", 3600)) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert storage.storage == {"one address": 4}
