"""Whom records are about: persons and employers. A person is not a member and not an account (自然人与单位)."""
