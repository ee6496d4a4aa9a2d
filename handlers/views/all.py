"""Importing this module enters every view in `registry.VIEWS`: one import per module of views."""
