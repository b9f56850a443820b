"""Where what is to be told is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.model.alert import Alert, Delivery, Earlier, Notice
from monitor.model.evidence import Snapshot
from monitor.model.feed import FeedState
from monitor.model.record import (
    Activity,
    Milestone,
)
from monitor.model.story import Grown


class NoticeStore(Protocol):
    """Keeps what is told of the service itself, once. Raises StoreUnavailable or StoreDamaged."""

    def milestone(self, name: str) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        ...

    def notify(
        self,
        notice: Notice,
        receivers: Sequence[str],
        *,
        now: datetime,
        milestone: tuple[str, datetime | None] | None = None,
    ) -> None:
        """Keep a notice for these receivers; with it, set a milestone or (None) end it."""
        ...


class TroubleStore(Protocol):
    """Knows which troubles of feeds are not told yet. Raises StoreUnavailable or StoreDamaged."""

    def untold(self) -> tuple[FeedState, ...]:
        """Return the feeds whose trouble is not the one that was told."""
        ...

    def tell(
        self, states: Sequence[FeedState], notices: Sequence[Notice], receivers: Sequence[str], *, now: datetime
    ) -> None:
        """Keep notices for these receivers, note that these feeds are told of, and end the milestone of that."""
        ...

    def milestone(self, name: Milestone) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        ...

    def set_milestone(self, name: Milestone, at: datetime | None) -> None:
        """Remember a moment, or (None) forget it."""
        ...


class CoverageStore(NoticeStore, Protocol):
    """Knows how all feeds do. Raises StoreUnavailable or StoreDamaged."""

    def set_milestone(self, name: Milestone, at: datetime | None) -> None:
        """Remember a moment, or (None) forget it."""
        ...

    def states(self) -> Mapping[str, FeedState]:
        """Return what is remembered of each feed."""
        ...

    def activity(self, *, since: datetime) -> Activity:
        """Return what happened since then."""
        ...


class DocumentStore(Protocol):
    """Keeps documents that alerts were made of. Raises StoreUnavailable or StoreDamaged."""

    def drop_documents(self, *, before: datetime, most: int) -> int:
        """Drop bytes that were last kept before then, and the oldest of more than `most`; return of how many."""
        ...


class SnapshotStore(Protocol):
    """Knows which pages an archive is to be asked for. Raises StoreUnavailable or StoreDamaged."""

    def next_snapshot(self, *, since: datetime, now: datetime) -> tuple[int, str, Snapshot | None] | None:
        """Return an alerted entry that an archive is to be asked for now: number, link, what became of it before."""
        ...

    def keep_snapshot(self, number: int, made: Snapshot) -> None:
        """Write what became of asking for the page of the entry with this number."""
        ...


class ProofStore(Protocol):
    """Knows when receivers were sent tests. Raises StoreUnavailable or StoreDamaged."""

    def proofs(self) -> Mapping[str, datetime]:
        """Return when receivers were last sent a test, or first seen."""
        ...

    def alerts_sent(self, receiver: str, *, since: datetime) -> int:
        """Return how many alerts a receiver took since then."""
        ...

    def prove(self, times: Mapping[str, datetime | None], notices: Mapping[str, Notice], *, now: datetime) -> None:
        """Keep notices, each for its receiver, and such times, or (None) forget them."""
        ...


class StoryStore(Protocol):
    """Knows who was told of which story. Raises StoreUnavailable or StoreDamaged."""

    def milestone(self, name: Milestone) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        ...

    def grown(self, *, calm_since: datetime) -> Grown:
        """Return stories of which nobody was told yet that they grew, and that have not grown since then."""
        ...

    def tell_grown(self, stories: Collection[int], notices: Mapping[str, Notice], *, now: datetime) -> None:
        """Keep notices, each for its receiver; with them, note that these stories are told of."""
        ...


class HeartbeatStore(Protocol):
    """Knows whether anything is left undone. Raises StoreUnavailable or StoreDamaged."""

    def due(self, *, now: datetime, limit: int) -> tuple[str, ...]:
        """Return names of feeds that are to be asked by then, the longest due first."""
        ...

    def states(self, names: Collection[str]) -> Mapping[str, FeedState]:
        """Return what is remembered of these feeds."""
        ...

    def host_waits(self, *, now: datetime) -> Mapping[str, datetime]:
        """Return the hosts that want to be left alone then, and until when."""
        ...

    def last_polled(self) -> datetime | None:
        """Return when a feed was last asked."""
        ...

    def neglected(self, receivers: Collection[str], *, since: datetime) -> tuple[str, ...]:
        """Return those that something was due for by then, and that nothing was tried for since."""
        ...

    def milestone(self, name: Milestone) -> datetime | None:
        """Return when it was; None if it was not, or is no more."""
        ...

    def set_milestone(self, name: Milestone, at: datetime | None) -> None:
        """Remember a moment, or (None) forget it."""
        ...


class OutboxStore(NoticeStore, Protocol):
    """Keeps what is to be delivered. Raises StoreUnavailable or StoreDamaged."""

    def set_milestone(self, name: str, at: datetime | None) -> None:
        """Remember a moment, or (None) forget it."""
        ...

    def due_deliveries(self, *, now: datetime, receivers: Collection[str], limit: int) -> tuple[Delivery, ...]:
        """Return deliveries to be tried now, each receiver's oldest first."""
        ...

    def held_deliveries(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries that are held, and not to be tried before a time to come."""
        ...

    def recent_messages(self, receiver: str, *, since: datetime) -> tuple[datetime, ...]:
        """Return when messages went to a receiver since then, oldest first, without critical ones."""
        ...

    def last_digest(self, receiver: str) -> datetime | None:
        """Return the time until which the deliveries in the receiver's last digest were held."""
        ...

    def hold(self, deliveries: Sequence[Delivery]) -> None:
        """Write until when deliveries are held and why; one that no longer waits is left alone."""
        ...

    def take(self, deliveries: Sequence[Delivery]) -> tuple[tuple[Delivery, Alert | Notice], ...]:
        """Return those that still wait, with what they tell; in which message they go is written before."""
        ...

    def earlier(self, receiver: str, alert: int) -> Earlier | None:
        """Return the first alert of this one's thread, itself included, that the receiver was sent; None if none."""
        ...

    def settle(self, deliveries: Sequence[Delivery]) -> None:
        """Write where the deliveries in one message stand now."""
        ...

    def abandon(self, *, besides: Collection[str], queued_before: datetime, error: str) -> int:
        """Make dead what was queued before then and waits for receivers other than these; return how many."""
        ...

    def expire(self, receiver: str, *, queued_before: datetime, error: str) -> int:
        """Make dead what was queued before then and waits for this receiver; return how many."""
        ...

    def oldest_failed(self, receiver: str) -> Delivery | None:
        """Return the oldest delivery to this receiver that failed and is still owed."""
        ...

    def last_sent(self, receiver: str) -> datetime | None:
        """Return when a receiver last took something."""
        ...

    def give_up(self, delivery: Delivery, notice: Notice, receivers: Sequence[str], *, now: datetime) -> None:
        """Write that a delivery is dead, and keep a notice of it for these receivers; once, also when asked again."""
        ...

    def owed(self) -> Mapping[str, int]:
        """Return how many deliveries each receiver is owed."""
        ...
