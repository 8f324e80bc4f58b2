"""The house's own PostgreSQL: made, started, guarded and stopped by us (内置数据库)."""
