"""Importing this loads Apprise with all its plug-ins: for the fork server, so that every child has them at once."""

from monitor.deliver import apprise_door

apprise_door.load_plugins()
