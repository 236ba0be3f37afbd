"""The tests of the screens, and what they share."""
