"""The documents: from filtered facts to a tree, and from a tree to an archivable, accessible PDF. Knows no
storage.
"""
