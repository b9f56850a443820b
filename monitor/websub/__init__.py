"""Push instead of poll (W3C WebSub): subscriptions at hubs, and the server that hubs call back."""

from monitor.websub.callback import CallbackServer
from monitor.websub.websub import WebSub

__all__ = ["CallbackServer", "WebSub"]
