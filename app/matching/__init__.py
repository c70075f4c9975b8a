"""Who may be here already: likeness of persons over spellings, scripts and half-known dates. No store, no window."""
