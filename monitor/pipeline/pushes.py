"""What a hub sent of a feed: parse it, tell new entries, match, and keep it all in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from monitor import trouble
from monitor.identity import identities
from monitor.model.feed import FeedState
from monitor.model.poll import Fetched, ParseFailed
from monitor.model.record import PollRecord
from monitor.pipeline.boilerplate import Boilerplate
from monitor.pipeline.desk import Desk
from monitor.pipeline.evidence import with_source
from monitor.pipeline.floods import timed
from monitor.pipeline.keeper import Keeper, PollReport
from monitor.pipeline.memory import complete
from monitor.pipeline.needs import Parser, PollStore
from monitor.pipeline.news import Found, News
from monitor.pipeline.records import Records
from monitor.pipeline.wanted import wishing
from monitor.schedule import learn


class Pushes:
    """Takes what hubs send."""

    def __init__(self, *, store: PollStore, parser: Parser, records: Records, clock: Callable[[], datetime]) -> None:
        self._parser = parser
        self._news = News(store=store, records=records, clock=clock)
        self._boilerplate = Boilerplate(store=store, records=records)
        self._keeper = Keeper(store=store, records=records)
        self._clock = clock

    async def take(self, state: FeedState, desk: Desk, fetched: Fetched) -> PollReport | ParseFailed:
        """Keep the new entries of what a hub sent, which need not be all that the feed holds.

        So it says nothing of how the feed does, and of one that was never read it makes no baseline: there, what was
        published of late is news, and the newest in any case, for the hub sent it for something.

        Raises StoreUnavailable or StoreDamaged; then nothing was kept.
        """
        feed = desk.feeds.get(state.feed)
        parsed = await self._parser.parse(replace(fetched, encoding=feed.encoding if feed else ""))
        if isinstance(parsed, ParseFailed):
            return parsed
        reading = complete(parsed, None)
        identified = identities(reading.marks, by_link=state.by_link)
        reading = await self._news.recalled(reading, identified, state.feed)
        now = self._clock()
        news = await self._news.of(reading, identified, state, desk, pushed=now) or Found()
        aliases = tuple({alias for identity in identified for alias in identity.aliases})
        record = PollRecord(at=now, state=state, aliases=aliases, routes=desk.routes)
        record = await self._boilerplate.judged(news.into(record), desk)
        record = timed(wishing(record, desk), len(reading.entries), desk, known=news.known)
        state = record.state
        published = [each.entry.published for each in record.new] if state.baselined else []
        rhythm = learn(state.rhythm, published, now=now) if state.rhythm.at else state.rhythm
        after = trouble.learnt(replace(state, rhythm=rhythm), published, now)
        record = await with_source(replace(record, state=after), desk, feed, fetched)
        return await self._keeper.keep(record, state, modified=True)
