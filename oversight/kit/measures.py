"""What a process counts of its own work, for whoever scrapes it: requests, steps. Never who or about whom."""

from prometheus_client import Counter, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter(
    "oversight_requests", "Requests answered, by route and status.", ("method", "route", "status")
)
REQUEST_SECONDS = Histogram(
    "oversight_request_seconds", "How long answers took.", ("method", "route"), buckets=SECONDS
)
STEP_SECONDS = Histogram(
    "oversight_step_seconds",
    "How long steps on a file took, before the commit that makes them true.",
    ("step",),
    buckets=SECONDS,
)
