"""The user's YAML file, checked whole, as the model's frozen configuration."""

from monitor.config.changes import changes
from monitor.config.load import Loaded, files_of, load, receivers_of, settings_of

__all__ = ["Loaded", "changes", "files_of", "load", "receivers_of", "settings_of"]
