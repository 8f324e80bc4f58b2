"""What happened, written once: append-only facts that figures are counted from (事实)."""
