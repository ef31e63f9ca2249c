"""What may leave the building: which facts an outcome may show, in what shape, and the thresholds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublicationRule:
    """How a place publishes. `threshold` is the smallest count printed, never below `floor`."""

    fields: tuple[str, ...] = (
        "reference",
        "month",
        "area",
        "context",
        "allegations",
        "findings",
        "corrective_action",
        "reviewed_by",
        "ending",
        "departed",
    )
    threshold: int = 10
    floor: int = 5
    languages: tuple[str, ...] = ("en", "fr")

    def __post_init__(self) -> None:
        if self.threshold < self.floor:
            raise ValueError(f"threshold {self.threshold} is below the floor {self.floor}")
