"""
Exports: what a list shows, taken out as a file in the background (导出).

The conditions and columns of the list's address are the order; the rows are read as the account that
asked, with its reach of that moment. The file lies sealed, is handed to nobody else, and goes after
some days. 导出列表：后台生成，全程留痕，链接到期失效。
"""
