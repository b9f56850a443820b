"""Stories as they are shown: who carries what."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from monitor.model.alert import DeliveryState, Notice
from monitor.model.record import Milestone, StoryRecord
from monitor.model.story import Grown, Growth, Member, Story
from monitor.store.database import Database
from monitor.store.notices import keep_notice, set_milestone
from monitor.store.tables import alert, delivery, entry, feed, story

#: Stories told of at once.
_MOST = 500


class StoriesTold(Database):
    """The part of the store that knows who was told of which story."""

    def grown(self, *, calm_since: datetime) -> Grown:
        """Return stories of which nobody was told yet that they grew, and that have not grown since then."""
        row = story.c
        calm = select(row.number).where(row.told.is_(None), row.grew <= calm_since).order_by(row.grew).limit(_MOST)
        with self.reading() as db:
            numbers = db.scalars(calm).all()
            stories = stories_of(db, numbers)
            sent = select(entry.c.story, alert.c.number, entry.c.title, delivery.c.receiver, delivery.c.attempted)
            sent = sent.select_from(delivery).join(alert, alert.c.number == delivery.c.alert)
            sent = sent.join(entry, entry.c.number == alert.c.entry)
            heard = sent.where(entry.c.story.in_(numbers), delivery.c.state == DeliveryState.SENT)
            rows = db.execute(heard.order_by(alert.c.number)).all()
        told: defaultdict[str, list[Growth]] = defaultdict(list)
        last = {(each.receiver, each.story): each for each in rows}  # its message names who was there by then
        for each in last.values():
            others = tuple(other for other in stories[each.story].members if other.seen > each.attempted)
            if others:
                told[each.receiver].append(Growth(alert=each.number, title=each.title, others=others))
        return Grown(stories=tuple(numbers), told={receiver: tuple(its) for receiver, its in told.items()})

    def tell_grown(self, stories: Collection[int], notices: Mapping[str, Notice], *, now: datetime) -> None:
        """Keep notices, each for its receiver; with them, note that these stories are told of, once and for all."""
        with self.writing() as db:
            for receiver, notice in notices.items():
                keep_notice(db, notice, [receiver], now)
            db.execute(update(story).where(story.c.number.in_(list(stories))).values(told=now))
            if notices:
                set_milestone(db, Milestone.ALSO_IN, now)


def stories_of(db: Connection, numbers: Collection[int]) -> dict[int, Story]:
    """Return stories with their members, by their numbers."""
    columns = (entry.c.story, entry.c.number, entry.c.title, entry.c.link, entry.c.seen, feed.c.name)
    query = select(*columns).join_from(entry, feed).where(entry.c.story.in_(list(numbers))).order_by(entry.c.number)
    members = defaultdict(list)
    for row in db.execute(query):
        said = Member(number=row.number, feed=row.name, title=row.title, link=row.link, seen=row.seen)
        members[row.story].append(said)
    found = ((number, tuple(members[number])) for number in numbers)
    return {number: Story(number=number, members=its) for number, its in found}


def story_records(db: Connection, numbers: Sequence[int]) -> list[StoryRecord]:
    """Return stories with their alerts, in the order of these numbers."""
    listed = select(alert.c.number, entry.c.story).select_from(alert).join(entry, entry.c.number == alert.c.entry)
    alerts: defaultdict[int, list[int]] = defaultdict(list)
    for row in db.execute(listed.where(entry.c.story.in_(numbers)).order_by(alert.c.number)):
        alerts[row.story].append(row.number)
    return [StoryRecord(story=story, alerts=tuple(alerts[story.number])) for story in stories_of(db, numbers).values()]
