"""The town itself: its wijken and places, its themes, and which desk gets what."""
