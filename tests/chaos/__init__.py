"""Faults that happen: each test counts that nothing was lost. The list is docs/faults.md."""
