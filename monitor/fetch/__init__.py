"""Asks for feeds over HTTP: conditional, limited, guarded, polite. Brings bytes; does not parse, store or schedule."""

from monitor.fetch.fetcher import Fetcher, Limits

__all__ = ["Fetcher", "Limits"]
