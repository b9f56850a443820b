"""Real feeds, of which only what is new is parsed. Needs the recordings."""

import os
from collections import Counter
from pathlib import Path

import pytest

from bench import parts

CORPUS = Path(os.environ.get("RSS_MONITOR_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

pytestmark = pytest.mark.skipif(
    not (CORPUS / "fixtures").exists(), reason="no recordings here; RSS_MONITOR_CORPUS names their folder"
)


def test_fixtures() -> None:
    """Every entry of seven parsers' test files, read without the others, is as if the document were read whole."""
    became = dict(parts.fixtures(CORPUS / "fixtures"))

    assert {name: what for name, what in became.items() if what not in {"the same", "read whole"}} == {}
    assert Counter(became.values())["the same"] > 3000


@pytest.mark.parametrize("glob", ["served-*", "bridge-ru-m*", "rebuilt-*"])
def test_recorded_feeds(glob: str) -> None:
    """What a version of a recorded feed has that the version before had not is as if it were read whole."""
    read = list(parts.sequences(CORPUS / "sequences", glob=glob, step=40, most=5))

    wrong = [each for each in read if each[1] in {"other values", "no feed"}]
    assert wrong == []
    whole = sum(became == "read whole" for _, became in read)
    assert whole < len(read) / 4
