"""Where the keys of scans lie: a local table, so that replacing the data key never touches a scan."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

NAME = "l_scan_file"


def declare(metadata: MetaData) -> Table:
    """Blob id, the scope it belongs to, its random key of 32 bytes and its length in bytes unencrypted."""
    return Table(
        NAME,
        metadata,
        Column("blob", Text, primary_key=True),
        Column("scope", Text, nullable=False, index=True),
        Column("key", LargeBinary, nullable=False),
        Column("size", Integer, nullable=False),
    )
