"""The demo: Telegram on this machine, and the page with phones."""
