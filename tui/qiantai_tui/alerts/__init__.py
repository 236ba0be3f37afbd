"""Alerts of due times: their settings, the book of what was told, and the telling beside an open desk."""
