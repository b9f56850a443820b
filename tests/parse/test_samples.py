"""Every file of tests/feeds is a case: it says what it is and what must come of it."""

import re
from pathlib import Path

import pytest

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.parse.document import parse_document

_SAMPLES = sorted((Path(__file__).parents[1] / "feeds").glob("*.xml"))


@pytest.mark.parametrize("path", _SAMPLES, ids=lambda path: path.stem)
def test_sample(path: Path) -> None:
    """A feed from the wild is read as its publisher meant it, or the reason why not is given."""
    text = path.read_text()
    assert re.search(r"^Description: \S", text, re.MULTILINE)
    expected = re.findall(r"^Expect: (.+)$", text, re.MULTILINE)
    assert expected

    outcome = parse_document(
        Fetched(
            body=path.read_bytes(), content_type="text/xml", url="https://news.example/rss", validators=Validators()
        )
    )

    names = {"parsed": outcome, "failed": outcome, "entries": outcome.entries if isinstance(outcome, Parsed) else None}
    for line in expected:
        assert eval(line, names), f"{line}\n{outcome}"
