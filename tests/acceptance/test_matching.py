"""A linguists' benchmark of terms and sentences, through the public matcher. Needs the benchmark; nothing is timed."""

import os
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from bench import matching

GOLD = Path(os.environ.get("RSS_MONITOR_MATCHING", Path(__file__).parents[3] / "shared" / "matching"))

pytestmark = pytest.mark.skipif(
    not (GOLD / "score.py").exists(), reason="no benchmark of matching here; RSS_MONITOR_MATCHING names its folder"
)

#: Micro F1 in percent that is promised for terms typed in dictionary form, and in another form.
FLOORS = {
    "ru": (97.5, 96.0),
    "uk": (98.0, 97.5),
    "be": (89.0, 90.0),
    "en": (97.0, 96.0),
    "de": (96.5, 95.5),
    "pl": (97.0, 95.5),
    "cs": (97.0, 97.0),
    "es": (95.5, 95.5),
    "fr": (96.0, 90.0),
}


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The benchmark's own judge."""
    spec = spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    judge = module_from_spec(spec)
    spec.loader.exec_module(judge)
    return judge


@pytest.mark.parametrize("language", FLOORS)
def test_sentences_found(score: ModuleType, language: str) -> None:
    """A term finds the sentences that speak of it, in whatever form it stands there, and few others."""
    if language == "uk" and find_spec("pymorphy3_dicts_uk") is None:
        pytest.skip("the Ukrainian dictionary is an extra and not installed")
    rows = score.run(matching.compile, str(GOLD), [language], ("dict", "infl"))
    reached = tuple(100 * row["f"] for row in rows)
    assert [one for one, floor in zip(reached, FLOORS[language], strict=True) if one < floor] == [], reached


@pytest.mark.filterwarnings("ignore:.*news.jsonl:pytest.PytestUnraisableExceptionWarning")  # the judge leaves it open
def test_news(score: ModuleType) -> None:
    """In sentences of the news every watched word is found, nothing else, and all spellings but one at most."""
    rows = score.news(matching.compile, str(GOLD / "news.jsonl"))
    assert {"ru", "uk", "en"} == {language for language, *_ in rows}
    assert [(language, mistakes) for language, *_, mistakes in rows if mistakes] == []
    found, variants = (sum(row[at] for row in rows) for at in (4, 5))
    assert found >= variants - 1
