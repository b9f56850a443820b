"""Who else carries a story, in words."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.model.alert import Alert, Notice
from monitor.model.story import Growth, Member
from monitor.render.fitting import cut
from monitor.render.neutral import harmless_link, one_line

#: Names of others in one line, and in one message the stories, and the others of each.
_NAMED, _STORIES, _OTHERS = 3, 20, 5
_NAME = 60


def also_in(alert: Alert) -> str:
    """Return the line that says who else carries what an alert tells; "" for nobody."""
    members = alert.story.members if alert.story else ()
    names = _names([each for each in members if each.number != alert.entry.number], besides=alert.entry.feed)
    more = len(names) - _NAMED
    return f"Also in: {', '.join(names[:_NAMED])}" + (f" and {more} more" if more > 0 else "") if names else ""


def carried(alert: Alert) -> str:
    """Return how many sources carry the story of an alert."""
    members = alert.story.members if alert.story else ()
    return f"Now in {len({_host(each.link) or each.feed for each in members})} sources"


def grown(stories: Sequence[Growth]) -> Notice:
    """Return what a receiver is told of stories that others carry since."""
    lines = []
    for each in stories[:_STORIES]:
        lines.append(f"Alert {each.alert}: {one_line(each.title)}")
        for other in each.others[:_OTHERS]:
            lines += [f"also in {_called(other, '')}:", harmless_link(other.link)]
        if (more := len(each.others) - _OTHERS) > 0:
            lines.append(f"and {more} more")
    if (left := len(stories) - _STORIES) > 0:
        lines.append(f"Others carry {left} further stories: rss-monitor stories")
    about = stories[0].alert if len(stories) == 1 else None
    what = f"{len(stories)} stories of your alerts" if about is None else f"what alert {about} told"
    return Notice(title=f"Others carry {what}, too", body="\n".join(filter(None, lines)), about=about)


def _names(members: Sequence[Member], *, besides: str) -> list[str]:
    return list(dict.fromkeys(_called(each, besides) for each in members))


def _called(member: Member, besides: str) -> str:
    """Return what a member's source is called: its feed, or its site where that is the feed that is spoken of."""
    name = one_line(member.feed)
    return cut((_host(member.link) or name) if member.feed == besides else name, _NAME)


def _host(link: str) -> str:
    try:
        return one_line((urlsplit(link).hostname or "").removeprefix("www."))
    except ValueError:
        return ""
