"""An hour of feeds of which half break, in virtual time, through all parts but the clock. Needs the recordings."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bench import day
from bench.day.faults import Shape
from bench.replay import Corpus
from monitor.model.feed import FeedHealth

CORPUS = Path(os.environ.get("RSS_MONITOR_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

pytestmark = [
    pytest.mark.skipif(
        not (CORPUS / "replay.py").exists(), reason="no recorded feeds here; RSS_MONITOR_CORPUS names their folder"
    ),
    pytest.mark.skipif(sys.platform != "linux", reason="it needs 127.0.0.2 and the addresses after it"),
]


def test_an_hour_of_feeds_that_break(tmp_path: Path) -> None:
    """Nobody can object to how they are asked, all that they hold is found, and those that break are named at once."""
    corpus = Corpus.of(CORPUS, glob="served26-*", kinds=("as-served",), versions=None)
    verdict = day.run(day.Plan(corpus, feeds=16, day=timedelta(hours=1), faulty=50, hosts=16), tmp_path)
    found = verdict.found
    assert (verdict.manners.objections, verdict.forgotten, verdict.unnamed) == ([], [], []), verdict
    assert (found.lost, found.doubled, found.told) == ([], [], []), verdict
    assert found.expected > 100
    assert verdict.figures.polls > 32
    broken = {each.feed for each in verdict.broken.values() if each.is_dead}
    unwell = {feed for feed, state in verdict.figures.states.items() if state.health is not FeedHealth.WELL}
    assert {each.shape for each in verdict.broken.values()} == {Shape.WHOLE}
    assert broken == unwell == set(verdict.tidings.told), verdict
