"""Assembly: the only place that knows everything (装配层)."""
