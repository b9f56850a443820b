"""The store: what any store must do, and what is peculiar to SQLite."""
