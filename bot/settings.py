"""The settings, read once by the command and passed on as plain values."""
