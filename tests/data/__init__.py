"""The tables typed into the project."""
