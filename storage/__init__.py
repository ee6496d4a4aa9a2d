"""Everything that knows the database: models, queries, migrations, and the door to open a unit of work."""
