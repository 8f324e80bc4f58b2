"""Who looked at what, who took what out, and why: an append-only log (查阅与导出留痕)."""
