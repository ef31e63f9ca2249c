"""Complete, sealed notices, saved in the transaction of the action they tell of, and sent afterwards.

It knows no people: whoever enqueues a notice hands over the address and every word of it.
"""

from oversight.outbox.actions import enqueue
from oversight.outbox.notice import Notice
from oversight.outbox.queries import kinds_given_up, newest_opens, notices_waiting, waiting_since
from oversight.outbox.sending import Delivery, send_due
from oversight.outbox.transports import DeliveryError, Transport, transport_for
from oversight.outbox.trial import send_trial_letter
from oversight.outbox.wording import compose

__all__ = [
    "Delivery",
    "DeliveryError",
    "Notice",
    "Transport",
    "compose",
    "enqueue",
    "kinds_given_up",
    "newest_opens",
    "notices_waiting",
    "send_due",
    "send_trial_letter",
    "transport_for",
    "waiting_since",
]
