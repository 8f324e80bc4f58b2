"""
The pages of ledgers: hand one in, look at what it would do, mend its rows, post it, take it back.

台账页面：上传、核对、修改、写入、撤回，以及以往批次。
"""
