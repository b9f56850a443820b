"""What the pipeline needs of the outside; adapters just fit."""

from monitor.pipeline.needs.adapters import Fetcher, Notifier, PageReader, Parser
from monitor.pipeline.needs.found import ArticleStore, LedgerStore, PageStore, PollStore
from monitor.pipeline.needs.told import (
    CoverageStore,
    DocumentStore,
    HeartbeatStore,
    NoticeStore,
    OutboxStore,
    ProofStore,
    SnapshotStore,
    StoryStore,
    TroubleStore,
)

__all__ = [
    "ArticleStore",
    "CoverageStore",
    "DocumentStore",
    "Fetcher",
    "HeartbeatStore",
    "LedgerStore",
    "NoticeStore",
    "Notifier",
    "OutboxStore",
    "PageReader",
    "PageStore",
    "Parser",
    "PollStore",
    "ProofStore",
    "SnapshotStore",
    "StoryStore",
    "TroubleStore",
]
