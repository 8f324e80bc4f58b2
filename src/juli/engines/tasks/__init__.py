"""
Tasks (待办): what waits for somebody, where it waits, and until when.

A task waits at a unit for whoever holds a permission there, or for one account. Domains declare kinds
of task and say what waits; a task carries a count and leads to the list to work through, so that a
district of half a million records has dozens of tasks and not half a million.

待办记下什么事在等谁办、到哪天为止；同类的事按组织合成一件，带数量，点开就是要逐条办理的列表。
"""
