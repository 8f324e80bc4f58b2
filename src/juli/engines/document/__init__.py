"""
Official documents in the form of GB/T 9704-2012, as docx (公文版式).

Pure: the pieces of a document come in, a file goes out. What a document says, who signs it and how
it is numbered belong to others.
"""
