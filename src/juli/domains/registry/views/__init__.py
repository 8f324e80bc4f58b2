"""Pages of unions, employers and members: parse, one call, render."""
