"""Recorded feeds, version by version, through everything: what matches arrives once. Needs the recordings."""

import asyncio
import os
from pathlib import Path

import pytest

from bench import replay
from tests.servers import Webhook

CORPUS = Path(os.environ.get("RSS_MONITOR_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

pytestmark = pytest.mark.skipif(
    not (CORPUS / "replay.py").exists(), reason="no recorded feeds here; RSS_MONITOR_CORPUS names their folder"
)


@pytest.mark.parametrize("glob", ["rebuilt-moscowtimes*", "served-bbc", "bridge-ru-meduza"])
def test_every_true_match_arrives_once(glob: str, tmp_path: Path) -> None:
    """Of eighty versions of a real feed, each new item whose title holds a watched word is told of exactly once."""
    corpus = replay.Corpus.of(CORPUS, glob=glob, kinds=("as-served", "rebuilt", "bridge"), versions=80)
    with Webhook() as webhook, replay.replayed(corpus) as base:
        path = replay.configured(tmp_path, base, corpus, webhook)
        figures = asyncio.run(replay.run(corpus, base, path))
        replay.judge(figures, corpus, tmp_path / "data", webhook)
    assert figures.expected == figures.arrived > 0, figures
    wrong = figures.lost + figures.doubled + figures.unexpected
    assert (wrong, figures.messages) == ([], []), figures
