"""
The members' roster in (会员名册导入): read, judged as columns, compared with the register, posted whole.

会员名册：读入、整列校验、与现有会员比对，一次写入；有错的行连同原因写回给填表人。
"""
