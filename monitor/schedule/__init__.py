"""When to ask a feed again, and when to try a delivery again. Pure: time and chance are arguments."""

from monitor.schedule.breaker import Breaker
from monitor.schedule.bucket import Bucket
from monitor.schedule.order import Order
from monitor.schedule.plan import WARY, Pace, Plan, least_wait, plan
from monitor.schedule.rates import rate_of
from monitor.schedule.rhythm import learn
from monitor.schedule.spread import first_poll, most_starts
from monitor.schedule.waits import (
    ARTICLE_PAUSE,
    BUSY_WAIT,
    GONE_WAIT,
    LONGEST_WAIT,
    after_outage,
    host_free,
    next_article,
    next_attempt,
    next_poll,
)

__all__ = ["ARTICLE_PAUSE", "BUSY_WAIT", "GONE_WAIT", "LONGEST_WAIT", "WARY", "Breaker", "Bucket", "Order", "Pace",
           "Plan", "after_outage", "first_poll", "host_free", "learn", "least_wait", "most_starts", "next_article",
           "next_attempt", "next_poll", "plan", "rate_of"]  # fmt: skip
