"""Shifts and hand-overs 交接班: what a shift leaves to the next, who may sign for it, and the book of it [Q-S2b]."""
