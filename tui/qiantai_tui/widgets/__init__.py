"""The widgets the screens are built of; each owns its keys, its style and its messages."""
