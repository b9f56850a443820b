"""What a receiver's child process is asked to do.

These functions are named in the main process and run in a child: only there is Apprise loaded, its plug-ins being a
second's work and many kinds of code that may hang.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.alert import Notification, Outcome
from monitor.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One message to one receiver."""

    url: Secret
    notification: Notification
    #: After so long the child is killed.
    seconds: float


def send(job: Job) -> Outcome:
    """Send one message."""
    from monitor.deliver import apprise_door  # noqa: PLC0415 - in the child only

    return apprise_door.send(job.url.reveal(), job.notification, seconds=job.seconds)


def check(urls: Sequence[Secret]) -> list[str]:
    """Return for each URL what is wrong with it and the remedy, or ""; in the same order."""
    from monitor.deliver import apprise_door  # noqa: PLC0415 - in the child only

    return [apprise_door.fault_of(url.reveal()) for url in urls]
