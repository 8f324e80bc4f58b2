"""
Office ledgers in and out (台账): read what offices really send, judge every row, write it back.

台账的读入、逐行校验与写出：按内容识别文件，整列校验，出错的行连同原因写回给填表人。
Nothing below ``reading``, ``columns``, ``judging``, ``faults`` and ``writing`` knows Django.
"""
