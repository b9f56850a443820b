"""Subscriptions at hubs: found, asked for, verified, renewed, given up; and what hubs push, handed on."""

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import structlog

from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.model.configuration import Settings
from monitor.model.feed import Feed, FeedState
from monitor.model.poll import Accepted, Failure, FetchFailed, Links, ParseFailed
from monitor.model.subscription import Mode, Subscription
from monitor.pipeline import Desk, PollReport, Pushes, Records
from monitor.websub import lease
from monitor.websub.inbox import Inbox

#: Hubs that are asked at once.
_AT_ONCE = 10
_SECONDS = re.compile(r"[0-9]{1,9}")

log = structlog.get_logger()


class SubscriptionStore(Protocol):
    """Keeps subscriptions. Raises StoreUnavailable or StoreDamaged."""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """Return all of them; those of feeds that are configured no more have no feed."""
        ...

    def keep_subscription(self, kept: Subscription) -> None:
        """Write where a subscription stands."""
        ...

    def drop_subscription(self, dropped: Subscription) -> None:
        """Forget a subscription."""
        ...

    def put_off(self, kept: Subscription, *, until: datetime) -> None:
        """Poll its feed no sooner than then."""
        ...

    def bring_forward(self, kept: Subscription) -> None:
        """Poll its feed when it would be polled had its poll not been put off."""
        ...


class Hubs(Protocol):
    """Reaches hubs, safely."""

    async def submit(self, url: str, form: Mapping[str, str]) -> Accepted | FetchFailed:
        """Send a form; every failure is a value."""
        ...


class WebSub:
    """All subscriptions; used in one event loop."""

    def __init__(
        self,
        *,
        store: SubscriptionStore,
        hubs: Hubs,
        pushes: Pushes,
        records: Records,
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._store = store
        self._hubs = hubs
        self._pushes = pushes
        self._records = records
        self._clock = clock
        self._chance = chance
        #: By token.
        self._book: dict[str, Subscription] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        #: What callbacks begin with; "" when hubs can not reach us.
        self._base = ""
        self._feeds: Mapping[str, Feed] = {}
        self.inbox = Inbox()

    async def configure(self, settings: Settings, feeds: Mapping[str, Feed]) -> None:
        """Take over a configuration: subscriptions that do not fit it are given up."""
        self._base = f"{settings.public_url}/websub/" if settings.public_url else ""
        self._feeds = feeds
        self.inbox.keep_only(feeds)
        for row in await self._records.run(self._store.subscriptions):
            before = self._book.get(row.token)
            self._book[row.token] = kept = replace(before or row, feed=row.feed)
            if not self._base:
                await self._drop(kept)
            elif kept.mode is Mode.SUBSCRIBE and not self._fits(kept):
                await self._leave(kept)
            elif before is None:  # the hub may have pushed while nobody listened
                await self._records.run(self._store.bring_forward, kept)

    async def tick(self) -> None:
        """Ask hubs whose time has come, and forget what is over."""
        now = self._clock()
        for kept in [each for each in self._book.values() if each.next_try <= now]:
            if lease.ended(kept, now=now):
                await self._drop(kept)
            elif kept.token not in self._asking and len(self._asking) < _AT_ONCE:
                self._asking[kept.token] = asyncio.ensure_future(self._ask(kept))

    async def settled(self) -> None:
        """Wait for the answers of the hubs that are being asked."""
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop asking; what was asked is kept, and asked again in time."""
        for task in self._asking.values():
            task.cancel()
        await self.settled()

    def find(self, token: str) -> Subscription | None:
        """Return the subscription that a callback belongs to."""
        return self._book.get(token)

    async def heard(self, report: PollReport) -> None:
        """Learn from a poll which hub the feed has, and whether it pushes; while it does, polls may wait."""
        kept = self._of(report.feed)
        if self._base and report.links is not None and self._may_subscribe(report.feed):
            kept = await self._follow(report.feed, kept, report.links)
        feed = self._feeds.get(report.feed)
        if kept is None or feed is None or report.state.failures:
            return
        now = self._clock()
        if report.new and kept.alive(now) and not kept.silent:
            kept = await self._keep(replace(kept, silent=True))
            log.info("hub silent", feed=kept.feed)
        until = lease.poll_until(kept, at_most=feed.at_most, now=now)
        if until is not None:
            await self._records.run(lambda: self._store.put_off(kept, until=until))

    async def verify(self, kept: Subscription, *, mode: str, topic: str, seconds: str) -> bool:
        """Whether what a hub says of a subscription is what we asked for (WebSub §5.3); then it counts."""
        now = self._clock()
        if topic != kept.topic:
            return False
        if kept.mode is Mode.UNSUBSCRIBE:
            over = mode == "denied" or (mode == kept.mode and kept.pending)
            if over:
                await self._drop(kept)
            return over
        if mode == "denied":
            log.warning("hub refused", feed=kept.feed)
            await self._records.run(self._store.bring_forward, kept)
            await self._keep(lease.denied(kept, now=now))
            return True
        if not kept.pending or mode != kept.mode:
            return False
        granted = int(seconds) if _SECONDS.fullmatch(seconds) else int(lease.LEASE.total_seconds())
        kept = await self._keep(lease.verified(kept, seconds=granted, now=now, chance=self._chance()))
        log.info("hub verified", feed=kept.feed, lease_until=kept.lease_until and kept.lease_until.isoformat())
        return True

    async def read(self, state: FeedState, desk: Desk) -> tuple[int, ...]:
        """Take the first document that waits of a feed; return the numbers of the alerts that it makes.

        Raises StoreUnavailable or StoreDamaged; then it waits on.
        """
        fetched = self.inbox.first(state.feed)
        if fetched is None:
            return ()
        try:
            came = await self._pushes.take(state, desk, fetched)
        except (StoreUnavailable, StoreDamaged):
            raise
        except Exception:  # the edge of one job: a document that can not be taken does not stay in the way
            log.exception("push crashed", feed=state.feed)
            came = ParseFailed(failure=Failure.INTERNAL, detail="see the log")
        self.inbox.drop_first(state.feed)
        await self._note_push(state.feed, came)
        return () if isinstance(came, ParseFailed) else came.alerts

    async def _note_push(self, feed: str, came: PollReport | ParseFailed) -> None:
        """After something that can not be read, polls must do; after something that can, they may wait again."""
        kept = self._of(feed)
        unread = isinstance(came, ParseFailed)
        if isinstance(came, ParseFailed):
            log.warning("push not read", feed=feed, reason=came.reason)
        if kept is not None and kept.silent is not unread:
            await self._keep(replace(kept, silent=unread))
        if kept is not None and unread:
            await self._records.run(self._store.bring_forward, kept)

    async def _follow(self, feed: str, kept: Subscription | None, links: Links) -> Subscription | None:
        """Subscribe where the feed says, and nowhere else: at its first hub, or after one that fails at its next."""
        now = self._clock()
        hub = links.hubs[0] if links.hubs and links.topic else ""
        fits = kept is not None and kept.topic == links.topic and kept.hub in links.hubs
        if kept is not None and fits:
            hub = lease.another(kept, links.hubs, now=now)
            if not hub:
                return kept
        if kept is not None:
            await self._leave(kept)
        if not hub:
            return None
        log.info("hub found", feed=feed)
        callback, secret = self._base + secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        wanted = lease.wanted(feed, hub, links.topic, callback=callback, secret=secret, now=now)
        return await self._keep(lease.after(wanted, kept, now=now) if kept is not None and fits else wanted)

    async def _ask(self, kept: Subscription) -> None:
        try:
            asked = await self._keep(lease.asked(kept, now=self._clock()))
            came = await self._hubs.submit(asked.hub, lease.form(asked))
            latest = self._book.get(asked.token)
            if isinstance(came, FetchFailed):
                log.warning("hub failed", feed=kept.feed, reason=came.reason, failures=asked.failures)
                if latest is not None and latest.pending:
                    await self._keep(lease.failed(latest, came))
        except (StoreUnavailable, StoreDamaged) as fault:
            log.warning("hub not asked", feed=kept.feed, reason=str(fault))
        finally:
            self._asking.pop(kept.token, None)

    async def _leave(self, kept: Subscription) -> None:
        """Give a subscription up; the hub is told if it pushes."""
        await self._records.run(self._store.bring_forward, kept)
        await self._keep(lease.leaving(kept, now=self._clock()))

    async def _keep(self, kept: Subscription) -> Subscription:
        before = self._book.get(kept.token)
        self._book[kept.token] = kept
        try:
            await self._records.run(self._store.keep_subscription, kept)
        except (StoreUnavailable, StoreDamaged):
            if before is not None:
                self._book[kept.token] = before
            raise
        return kept

    async def _drop(self, kept: Subscription) -> None:
        await self._records.run(self._store.bring_forward, kept)
        await self._records.run(self._store.drop_subscription, kept)
        self._book.pop(kept.token, None)

    def _of(self, feed: str) -> Subscription | None:
        """Return the subscription that is wanted for a feed."""
        mine = (each for each in self._book.values() if each.feed == feed and each.mode is Mode.SUBSCRIBE)
        return next(mine, None)

    def _may_subscribe(self, feed: str) -> bool:
        """Whether a feed may have a hub; it is asked directly, so one that has a proxy may not (R60)."""
        return feed in self._feeds and self._feeds[feed].proxy is None

    def _fits(self, kept: Subscription) -> bool:
        return self._may_subscribe(kept.feed) and kept.callback.reveal() == self._base + kept.token
