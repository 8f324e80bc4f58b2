"""
数据质量: what the register lacks, contradicts or has let grow old, each as a figure with its records.

每一项都是指标：有口径、有依据、有背后的记录，可以逐条处理。

Every number is an indicator like any other, so that it opens down to a list to work through. What
is asked of one register is counted together in one statement, for a district in a second.
"""
