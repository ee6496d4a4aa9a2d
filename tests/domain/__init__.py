"""The pure floor, decision by decision."""
