"""How long to wait after failures: of feeds, hosts and deliveries."""

from datetime import datetime, timedelta

from monitor.model.configuration import Retry

#: Polling never stops for good: this is the longest wait after errors.
LONGEST_WAIT = timedelta(days=1)

#: Least wait after a poll that our own outage failed; the longest is three times it.
OUTAGE_WAIT = timedelta(minutes=1)

#: How often a feed is asked that its server calls gone for good.
GONE_WAIT = timedelta(days=7)

#: Least wait after "too many requests" or "service unavailable" when the server names none.
BUSY_WAIT = timedelta(minutes=10)

#: How often an article is tried, and how long after the first time; each further wait is four times as long.
ARTICLE_ATTEMPTS, ARTICLE_WAIT = 6, timedelta(minutes=5)

#: How long no article of a host is asked for that gave no answer or is too busy.
ARTICLE_PAUSE = timedelta(minutes=5)

#: How much longer than a server asked we may wait, so that not all feeds of a host come back at once.
SPREAD = 0.1


def next_poll(*, now: datetime, interval: timedelta, failures: int) -> datetime:
    """When to ask a feed again after a poll at `now`.

    The first failure costs nothing extra; each further one in a row doubles the wait, up to a day.
    """
    wait = interval * (1 << min(max(failures - 1, 0), 16))
    return now + min(wait, max(interval, LONGEST_WAIT))


def after_outage(*, now: datetime, chance: float) -> datetime:
    """When to ask a feed again that our own outage kept from us; `chance` in [0, 1) spreads all feeds."""
    return now + OUTAGE_WAIT * (1 + 2 * chance)


def host_free(*, now: datetime, asked: datetime | None, chance: float) -> datetime:
    """When a host that is too busy may be asked again (RFC 9110 §10.2.3); `chance` in [0, 1) only ever adds."""
    until = max(asked, now) if asked is not None else now + BUSY_WAIT
    return until + (until - now) * SPREAD * chance


def next_attempt(
    *, now: datetime, attempts: int, retry: Retry, chance: float, asked: timedelta | None = None
) -> datetime:
    """When to try a delivery again after `attempts` failed ones.

    Full jitter (Brooker, "Exponential Backoff And Jitter", 2015) between `retry.first` and a ceiling that doubles up to
    `retry.most`; `chance` in [0, 1). What the receiver asked for is respected.
    """
    ceiling = min(retry.first * (1 << min(attempts, 16)), retry.most)
    wait = retry.first + max(ceiling - retry.first, timedelta(0)) * chance
    return now + max(wait, asked or timedelta(0))


def next_article(*, now: datetime, attempts: int, chance: float) -> datetime | None:
    """When to try an article again after `attempts` in vain, a day apart at the end; None when it is given up."""
    if attempts >= ARTICLE_ATTEMPTS:
        return None
    wait = ARTICLE_WAIT * (1 << 2 * (attempts - 1))
    return now + wait * (1 + SPREAD * chance)
