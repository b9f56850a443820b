"""Lists of feeds in OPML (http://opml.org/spec2.opml): read as they really are, written as they should be."""

from monitor.opml.address import same
from monitor.opml.feedlist import FeedList, ListedFeed, Merged, Refused, Repair, Unreadable
from monitor.opml.names import Names, distinct, named
from monitor.opml.read import LARGEST, read
from monitor.opml.write import write

__all__ = ["LARGEST", "FeedList", "ListedFeed", "Merged", "Names", "Refused", "Repair", "Unreadable",
           "distinct", "named", "read", "same", "write"]  # fmt: skip
