"""What hubs sent and what is not read yet, so much of it and no more."""

from collections import defaultdict, deque
from collections.abc import Container

from monitor.model.poll import Fetched

#: Documents of one feed that may wait.
_EACH = 8
#: Bytes of all of them, after which no more is taken.
_MOST = 40_000_000


class Inbox:
    """Documents by feed, in the order in which they came."""

    def __init__(self) -> None:
        self._boxes: defaultdict[str, deque[Fetched]] = defaultdict(deque)
        self._bytes = 0

    def has_room(self, feed: str) -> bool:
        """Whether one more of this feed may come."""
        return self._bytes < _MOST and len(self._boxes.get(feed, ())) < _EACH

    def put(self, feed: str, fetched: Fetched) -> None:
        """Keep a document until it is read."""
        self._boxes[feed].append(fetched)
        self._bytes += len(fetched.body)

    def first(self, feed: str) -> Fetched | None:
        """Return the one of this feed that has waited longest."""
        box = self._boxes.get(feed)
        return box[0] if box else None

    def drop_first(self, feed: str) -> None:
        """Let go of it."""
        self._bytes -= len(self._boxes[feed].popleft().body)
        if not self._boxes[feed]:
            del self._boxes[feed]

    def feeds(self) -> tuple[str, ...]:
        """Return the feeds of which something waits."""
        return tuple(self._boxes)

    def keep_only(self, feeds: Container[str]) -> None:
        """Let go of what is of other feeds."""
        for feed in [feed for feed in self._boxes if feed not in feeds]:
            while self.first(feed):
                self.drop_first(feed)
