"""
The ledgers of the registers: what each looks like in Excel and through which action its rows are posted.

各登记册的台账：列、核对、写入与导出的口径；会员名册因人数多，另有成批的写法（``roster``）。
"""
