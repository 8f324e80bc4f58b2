"""
Whom records are about: persons and employers (自然人与单位).

A person is not a member and not an account.
"""
