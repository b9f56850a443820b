"""How feeds are reached: by mirrors and proxies, with which headers. Values are secrets, and never shown."""

from collections.abc import Iterator

from monitor.model.configuration import Configuration
from monitor.model.feed import Address, Feed, FeedState


def lines(configuration: Configuration) -> Iterator[str]:
    """Yield a line about the proxy of the settings, and one about each feed that is not just asked at its address."""
    general = configuration.settings.proxy
    if general:
        yield f"\nproxy of all feeds that have none of their own: {general.shown}"
    special = [(feed.name, said) for feed in configuration.feeds if (said := "; ".join(_ways(feed, general)))]
    if special:
        yield "\nways to feeds"
        yield from (f"  {name}: {said}" for name, said in special)


def record(feed: Feed) -> dict[str, object]:
    """Return how a feed is reached, for programs."""
    return {
        "name": feed.name,
        "url": feed.shown_url,
        "mirrors": [each.shown for each in feed.mirrors],
        "proxy": feed.proxy.shown if feed.proxy else None,
        "headers": [name for name, _ in feed.headers],
        "auth": feed.auth is not None,
    }


def in_use(feed: Feed, state: FeedState) -> str:
    """Return the address that is asked first now, as the user wrote it."""
    shown = state.mirror.address if state.mirror else ""
    return shown if shown in {each.shown for each in feed.mirrors} else feed.shown_url


def reason(feed: Feed, state: FeedState) -> str:
    """Say why a feed is not well, and how it is reached if not directly at its own address."""
    address = in_use(feed, state)
    mirror = f"by its mirror {address}" if address != feed.shown_url else ""
    proxy = f"by the proxy {feed.proxy.shown}" if feed.proxy else ""
    return "; ".join(filter(None, (state.reason, mirror, proxy)))


def _ways(feed: Feed, general: Address | None) -> Iterator[str]:
    if feed.proxy != general:
        yield f"proxy {feed.proxy.shown if feed.proxy else 'none'}"
    if feed.mirrors:
        yield f"mirrors {', '.join(each.shown for each in feed.mirrors)}"
    if feed.headers:
        yield f"headers {', '.join(name for name, _ in feed.headers)}"
    if feed.auth:
        yield "user and password"
