"""The history of the database, one step per file in `versions`; run through `storage.migrate`."""
