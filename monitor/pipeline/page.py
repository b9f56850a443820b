"""Fetches the page behind an entry: as polite and as careful as with feeds, and robots.txt is honoured (R19)."""

from urllib.parse import urlsplit

from monitor.model.feed import Feed
from monitor.model.poll import Failure, Fetched, FetchFailed, ParseFailed, Request
from monitor.model.secret import Secret
from monitor.pipeline.needs import Fetcher
from monitor.pipeline.robots import Robots

#: Redirects that are followed. They are taken one by one, for each may lead where robots.txt forbids.
MOST_REDIRECTS = 5

_ACCEPT = ("Accept", Secret("text/html, application/xhtml+xml, */*;q=0.5"))


async def fetch_page(url: str, feed: Feed, *, fetcher: Fetcher, robots: Robots) -> Fetched | FetchFailed | ParseFailed:
    """Return the page of one of a feed's entries; every failure is a value.

    It is asked for by the feed's proxy. The user's headers and password are shown to the feed's own origin only.
    """
    proxy = feed.proxy.url if feed.proxy else None
    for _ in range(MOST_REDIRECTS + 1):
        if forbidden := await robots.forbids(url, proxy):
            return forbidden
        own = _origin(url) == _origin(feed.url.reveal())
        headers = (*(feed.headers if own else ()), _ACCEPT)
        asked = Request(url=url, proxy=proxy, headers=headers, auth=feed.auth if own else None, follow=False)
        came = await fetcher.fetch(asked)
        if isinstance(came, Fetched):
            return came
        if not isinstance(came, FetchFailed) or came.leads_to is None:
            return came if isinstance(came, FetchFailed) else FetchFailed(failure=Failure.HTTP, detail="not modified")
        url = came.leads_to
    return FetchFailed(failure=Failure.REDIRECTS, detail=f"more than {MOST_REDIRECTS} in a row")


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port
