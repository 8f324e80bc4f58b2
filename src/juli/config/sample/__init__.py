"""
The sample: a synthetic district made from a seed, for trying, showing and measuring (样例区).

Places bear their public names; persons and enterprises are invented. Rows go in by the same
actions and the same bulk posting as an import. Only this package reads the totals.
"""
