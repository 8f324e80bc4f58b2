"""What the addresses of ledgers answer."""
