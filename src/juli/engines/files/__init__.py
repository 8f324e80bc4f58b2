"""
Files that people hand in or the house makes, kept sealed under their content's hash (文件存储).

上传和生成的文件：按内容的 SHA-256 存放，落盘即加密，登记名称、大小、类型和所属组织。
"""
