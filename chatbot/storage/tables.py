"""The tables as this version of the program reads and writes them; how they came to be is told by `migrations`."""

from sqlalchemy import JSON, Column, Date, Integer, MetaData, String, Table, Text

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("given_on", Date, nullable=False),
    Column("expires_on", Date),
    Column("revoked_on", Date),
    Column("used_on", Date),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("given_on", Date, nullable=False, index=True),
    Column("opinion", String(20), nullable=False),
    Column("snapshot_id", String(64), nullable=False),
    Column("status", String(20), nullable=False),
    Column("passages", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("question", Text, nullable=False),
)
