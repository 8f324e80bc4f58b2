"""
Who may reach which rows: the unit tree, accounts, grants and the two walls (范围：组织树、授权与两道墙).

The first wall is in the query (``ScopedQuerySet``), the second in the database (``walls``).
"""
