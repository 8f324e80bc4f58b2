"""
The desk (办公桌): how an app shows itself.

Lists, details, forms, timelines, figures and the report page share one set of templates here.
A view hands them frozen values (``cells``, ``pages``, ``figures``) and writes no HTML of its own.

一处定义列表、详情、表单、时间线、指标页和报告页的样子；各应用只交出数据，不写自己的页面标签。
"""
