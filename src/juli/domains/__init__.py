"""The trade, in its own words (业务层)."""
