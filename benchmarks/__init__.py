"""What Juli promises about speed, measured: each module is a command of its own (性能基准)."""
