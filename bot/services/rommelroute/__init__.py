"""Rommelroute: stalls, who may see them, and the day itself."""
