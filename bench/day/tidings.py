"""What the receivers of `settings.health` were told of feeds."""

import collections
import re
from collections.abc import Collection
from datetime import timedelta

from tests.servers import Webhook

_NAME = re.compile(r"[\w~.-]+")
#: The report on all feeds is no news of any.
_COVERAGE = re.compile(r"\d+ feeds? well")


class Tidings:
    """The messages that came, with their times."""

    def __init__(self, webhook: Webhook, feeds: Collection[str]) -> None:
        self._webhook = webhook
        self._feeds = frozenset(feeds)
        self._seen = 0
        #: Of each feed, when a message named it, and its title.
        self.told: dict[str, list[tuple[timedelta, str]]] = collections.defaultdict(list)
        self.messages = 0

    def note(self, past: timedelta) -> None:
        """Take what has come by now."""
        new = self._webhook.received[self._seen :]
        self._seen += len(new)
        for message in new:
            if _COVERAGE.search(message["title"]):
                continue
            self.messages += 1
            for feed in set(_NAME.findall(f"{message['title']}\n{message['message']}")) & self._feeds:
                self.told[feed].append((past, message["title"]))
