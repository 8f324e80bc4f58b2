"""Putting right what was entered: the row says what is true, the facts follow, the history keeps the rest."""
