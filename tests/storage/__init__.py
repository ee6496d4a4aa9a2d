"""The database: migrations, types, retention."""
