"""Use cases over both databases, without Telegram."""
