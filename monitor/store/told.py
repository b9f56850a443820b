"""Stories as they are shown: who carries what."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from monitor.model.story import Member, Story
from monitor.store.tables import entry, feed


def stories_of(db: Connection, numbers: Collection[int]) -> dict[int, Story]:
    """Return stories with their members, by their numbers."""
    columns = (entry.c.story, entry.c.number, entry.c.title, entry.c.link, entry.c.seen, feed.c.name)
    query = select(*columns).join_from(entry, feed).where(entry.c.story.in_(list(numbers))).order_by(entry.c.number)
    members = defaultdict(list)
    for row in db.execute(query):
        said = Member(number=row.number, feed=row.name, title=row.title, link=row.link, seen=row.seen)
        members[row.story].append(said)
    return {number: Story(number=number, members=tuple(found)) for number, found in members.items()}
