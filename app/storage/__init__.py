"""Where Regiemap remembers: encrypted SQLite, the journal, and what is derived from it."""
