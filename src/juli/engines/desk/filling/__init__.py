"""
Filling in forms: drafts, forms sent twice, records that somebody else changed meanwhile (填表).

填表：草稿随填随存，重复提交只办一次，别人先保存了可以逐项选择，登录失效也不丢内容。
"""
