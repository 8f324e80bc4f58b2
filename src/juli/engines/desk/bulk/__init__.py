"""
Bulk actions: one verb on many records, in the background, with an answer for each (批量操作).

The records are written down when the action is asked for. They are worked in chunks, a transaction
each, so that a kill loses no more than a chunk and does no record twice; each record gets its own
answer, in the words of the single action. 批量办理：逐条有结果，可取消，可接着办，有逆操作的可以撤销。
"""
