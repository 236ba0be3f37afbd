"""Who may sit down at the desk: PINs, one-time codes, and what wrong ones cost."""
