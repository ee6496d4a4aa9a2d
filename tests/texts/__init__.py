"""Sentences: complete in every language, and within what Telegram takes."""
