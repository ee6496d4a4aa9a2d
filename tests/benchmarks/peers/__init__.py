"""Bots that anyone would write: each stores one row per update, commits it, and answers with the same words."""
