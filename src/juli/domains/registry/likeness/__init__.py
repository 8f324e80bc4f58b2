"""Finding records that may be of the same person or employer, over the whole register (查重)."""
