"""What the stand-in for a desk offers as a file."""

FILE = bytes(range(256)) * 600
