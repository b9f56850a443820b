"""Three small feeds of our own and a configuration for them, so that everything can be tried at once and offline."""
