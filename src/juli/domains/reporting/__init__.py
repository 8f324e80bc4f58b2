"""
工作报告: terms and plenary sessions of a federation's committee, its annual reports and their figures.

The figures that a report quotes are declared by the domains whose records they count; the pages
that open them down to those records stand here.
"""
