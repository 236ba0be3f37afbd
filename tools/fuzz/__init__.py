"""Hostile input: what reads a file, what may come of any bytes at all, and the bytes that it is begun from."""
