"""Settings of this laptop, of the officer and of the store: look, you, locking, store."""
