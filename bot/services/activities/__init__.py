"""Activities of every kind: meetings and their places, who comes, making them, news and calendars."""
