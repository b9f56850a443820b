"""rss-monitor: polls news feeds, matches new entries against watchlists, sends alerts."""

__version__ = "0.1.0"
