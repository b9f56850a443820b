"""Pages of real newspapers: where they say that their feeds are. Needs the recordings."""

import json
import os
import tarfile
from pathlib import Path

import pytest

from monitor.discover.page import Kind, links
from monitor.model.feed import Validators
from monitor.model.poll import Fetched

CORPUS = Path(os.environ.get("RSS_MONITOR_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
ARTICLES = CORPUS / "articles"

pytestmark = pytest.mark.skipif(
    not ARTICLES.exists(), reason="no recorded pages here; RSS_MONITOR_CORPUS names their folder"
)


@pytest.mark.parametrize(
    ("site", "url", "kind"),
    [
        ("bostonherald.com", "https://www.bostonherald.com/feed/", Kind.DECLARED),
        ("globalnews.ca", "https://globalnews.ca/feed/", Kind.DECLARED),
        ("telegraph.co.uk", "http://www.telegraph.co.uk/news/politics/margaret-thatcher/rss", Kind.DECLARED),
        ("morgenpost.de", "https://www.morgenpost.de/rss", Kind.ADDRESS),
        ("politico.com", "https://www.politico.com/rss", Kind.ADDRESS),
        ("reuters.com", "http://www.reuters.com/tools/rss", Kind.ADDRESS),
        ("dw.com", "https://www.dw.com/fr/dw-%C3%A0-la-carte/mobile-rss/s-11573", Kind.LIST),
        ("theintercept.com", "https://theintercept.com/feeds/", Kind.LIST),
        ("zdf.de", "https://www.zdf.de/rss/zdf/nachrichten", Kind.LIST),
    ],
)
def test_real_pages(site: str, url: str, kind: Kind) -> None:
    """Nine of thirteen newspapers tell even on their article pages where their feeds, or lists of them, are."""
    found = set()
    rows = (ARTICLES / "articles.jsonl").read_text("utf-8").splitlines()
    with tarfile.open(ARTICLES / f"{site}.tar.xz") as pages:
        for row in map(json.loads, rows):
            if row["site"] == site and (page := pages.extractfile(row["file"])):
                body = page.read()
                found |= {*links(Fetched(body=body, content_type="", url=row["url"], validators=Validators()))}
    assert (url, kind) in {(link.url, link.kind) for link in found if not link.comments}
    assert len(found) < 6
