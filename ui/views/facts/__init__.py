"""The register of a family: its tab and the form of one fact."""
