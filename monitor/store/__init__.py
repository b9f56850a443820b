"""Keeps feeds, entries, decisions, alerts and deliveries; decides nothing."""

from monitor.store.lock import InstanceLock
from monitor.store.store import Store

__all__ = ["InstanceLock", "Store"]
