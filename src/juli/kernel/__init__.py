"""Pure Python beneath everything: no framework is imported here (纯规则层)."""
