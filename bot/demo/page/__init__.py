"""The page with four phones: a small web application on top of the stand-in's world. `application(...)` is its door."""

from bot.demo.page.app import Page, application

__all__ = ["Page", "application"]
