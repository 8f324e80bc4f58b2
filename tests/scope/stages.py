"""Unlogged tables for COPY: rows on their way in, without policy, emptied by each batch."""

STAGES: set[str] = set()
