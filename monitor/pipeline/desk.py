"""The configuration at work: what a reload swaps, whole."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from monitor.match import Matcher
from monitor.model.alert import Receiver
from monitor.model.configuration import Configuration, Stories
from monitor.model.entry import Field
from monitor.model.feed import Feed
from monitor.model.record import Route
from monitor.model.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class Desk:
    """A configuration with its watchlists compiled and its names at hand."""

    configuration: Configuration
    matcher: Matcher
    feeds: dict[str, Feed]
    receivers: dict[str, Receiver]
    #: By the watchlist's name.
    routes: dict[str, Route]
    hosts: frozenset[str]
    #: Names of the watchlists that look into articles.
    readers: frozenset[str]

    @classmethod
    def of(cls, configuration: Configuration) -> "Desk":
        """Compile a configuration; takes about a second for a hundred thousand terms."""
        matcher = Matcher(
            configuration.watchlists, {feed.name: feed.language for feed in configuration.feeds if feed.language}
        )
        return cls(
            configuration=configuration,
            matcher=matcher,
            feeds={feed.name: feed for feed in configuration.feeds},
            receivers={receiver.name: receiver for receiver in configuration.receivers},
            hosts=frozenset(urlsplit(feed.url.reveal()).hostname or "" for feed in configuration.feeds),
            routes=cls.routes_of(configuration),
            readers=matcher.looking_in(Field.ARTICLE),
        )

    @staticmethod
    def routes_of(configuration: Configuration) -> dict[str, Route]:
        """Return whom the alerts of each watchlist go to."""
        return {each.name: _route(each, configuration) for each in configuration.watchlists}


def _route(watchlist: Watchlist, configuration: Configuration) -> Route:
    settings = configuration.settings
    levels = settings.corroborated if watchlist.corroborated is None else watchlist.corroborated
    raised = ((sources, replace(watchlist, priority=priority)) for sources, priority in levels)
    return Route(
        priority=watchlist.priority,
        receivers=configuration.receivers_of(watchlist),
        follow=watchlist.follow,
        grouped=settings.stories is Stories.GROUP if watchlist.grouped is None else watchlist.grouped,
        corroborated=tuple(
            (sources, Route(priority=urgent.priority, receivers=configuration.receivers_of(urgent)))
            for sources, urgent in raised
            if not watchlist.priority.reaches(urgent.priority)
        ),
    )
