"""The house rules, kept by machine (守则): shape, floors, words, refusals, migrations, tracked files."""
