"""
组织与会员实名制: unions, the employers they cover, terms and posts, and the careers of members.

Beneath its neighbours: everyone may ask its selectors, nobody may import its tables.
"""
