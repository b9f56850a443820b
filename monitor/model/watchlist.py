"""What the user watches for."""

from dataclasses import dataclass

from monitor.model.calm import Priority
from monitor.model.entry import DEFAULT_FIELDS, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """Terms, of which any may match and none of the excluded ones must."""

    #: Unique.
    name: str
    #: Terms as the user wrote them; one that matches is enough.
    any: tuple[str, ...]
    #: Terms that rule an entry out.
    none: tuple[str, ...] = ()
    fields: frozenset[Field] = DEFAULT_FIELDS
    #: Names of the feeds it covers; None is all of them.
    feeds: frozenset[str] | None = None
    #: Names of the receivers to tell; None is all of them.
    notify: tuple[str, ...] | None = None
    priority: Priority = Priority.NORMAL
    #: Whether it is told, too, that what an alert found was taken out, or its page away.
    follow: bool = False
    #: Whether what tells an earlier alert's story makes none; None leaves it to the settings.
    grouped: bool | None = None
    #: From how many sources on a story is how urgent, fewest first; None leaves it to the settings.
    corroborated: tuple[tuple[int, Priority], ...] | None = None

    @property
    def reach(self) -> frozenset[Field]:
        """The fields that its terms are looked for in."""
        return frozenset(each for field in self.fields for each in field.reach)

    def covers(self, feed: str) -> bool:
        """Whether entries of this feed are matched against it."""
        return self.feeds is None or feed in self.feeds
