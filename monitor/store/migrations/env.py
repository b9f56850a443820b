"""What Alembic runs: the steps, on the connection and in the transaction of whoever called."""

from alembic import context

from monitor.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
