"""How fast what people wait for is, on much data."""
