"""The search for a site's feeds: what to ask next, and when it is enough. Asks one address after the other."""

from collections.abc import Callable, Sequence
from typing import Protocol

from monitor.discover.page import Kind, Link, customary, for_comments, front
from monitor.model.poll import Failure, Fetched, FetchFailed, FetchOutcome, Parsed, ParseFailed, ParseOutcome, Request
from monitor.model.secret import Secret
from monitor.opml import same

#: Faults after which http:// is no other chance than https:// was.
_HOPELESS = frozenset({Failure.NAME, Failure.FORBIDDEN_ADDRESS, Failure.PROXY})


class Fetcher(Protocol):
    """Asks for a page or a feed, politely and safely."""

    async def fetch(self, request: Request) -> FetchOutcome:
        """Return the answer; every failure is a value."""
        ...


class Parser(Protocol):
    """Tells feeds from pages."""

    async def parse(self, fetched: Fetched) -> ParseOutcome:
        """Return what the document holds; every failure is a value."""
        ...


class Reader(Protocol):
    """Reads pages."""

    async def links(self, page: Fetched) -> tuple[Link, ...]:
        """Return where feeds may be by what the page says."""
        ...


class Search:
    """One search. Each address is asked once, in at most `most` requests, directly or by a proxy.

    `proxy` is what all of it is asked through; `tell` gets each address that was asked, and in words what it came to.
    """

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        parser: Parser,
        reader: Reader,
        most: int,
        tell: Callable[[str, str], None],
        proxy: Secret | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._reader = reader
        self._most = most
        self._proxy = proxy
        self._tell = tell
        self._asked: set[str] = set()
        #: How many requests were made; a redirect is one with what it leads to.
        self.requests = 0
        #: How the site that was given does not answer; None while it does.
        self._silent: Failure | None = None
        self._busy = False
        #: Feeds by address, in the order found.
        self.feeds: list[tuple[str, Parsed]] = []
        #: Addresses that there were no requests left for, in the order they would have been asked.
        self.left: list[str] = []

    async def run(self, starts: Sequence[str]) -> None:
        """Search the site of the first of these addresses that answers.

        The address itself may be a feed. Else it is a page: what it declares comes first, then what it links to, lists
        of feeds included. Only if that brings nothing, the front page is asked, and then, until one is a feed, where
        feeds are by custom.
        """
        for start in starts:
            page = await self._ask(start, given=True)
            if self._silent is None or self._silent in _HOPELESS:
                break
        if self._silent or self.feeds:
            return
        site = page.url if page else start
        await self._follow(page)
        if not self.feeds:
            await self._follow(await self._try(front(site)))
        for url in customary(site):
            if not self.feeds:
                await self._try(url)

    async def _follow(self, page: Fetched | None, *, further: bool = True) -> None:
        """Ask where a page leads; pages that list feeds are followed in turn, but no `further`."""
        for link in await self._reader.links(page) if page else ():
            if link.comments:
                self._tell(link.url, "not asked: comments")
            elif further or link.kind is not Kind.LIST:
                below = await self._try(link.url)
                if further:
                    await self._follow(below, further=False)

    async def _try(self, url: str) -> Fetched | None:
        """Ask an address, unless it was asked already or it has been enough; return it if it is a page."""
        if same(url) in self._asked or self._busy:
            return None
        if self.requests >= self._most:
            self.left.append(url)
            return None
        return await self._ask(url)

    async def _ask(self, url: str, *, given: bool = False) -> Fetched | None:
        """Ask an address, and keep it if it is a feed; return it if it is a page."""
        self._asked.add(same(url))
        self.requests += 1
        came = await self._fetcher.fetch(Request(url=url, proxy=self._proxy))
        if isinstance(came, Fetched):
            self._silent = None
            self._asked.add(same(came.url))
            return await self._look(url, came, given=given)
        if isinstance(came, FetchFailed):
            self._tell(url, came.reason)
            self._busy = came.busy
            if given:
                self._silent = came.failure if came.status is None else None
        return None

    async def _look(self, url: str, came: Fetched, *, given: bool) -> Fetched | None:
        found = await self._parser.parse(came)
        if isinstance(found, ParseFailed):
            self._tell(url, found.reason)
            return None if found.failure is Failure.CHALLENGE else came
        if not given and for_comments(url, found.title):
            self._tell(url, "left out: comments")
            return None
        self._tell(url, f"a feed of {len(found.entries)} entries")
        self.feeds.append((came.moved_to or url, found))
        return None
