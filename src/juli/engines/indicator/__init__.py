"""
指标: every figure is a declaration that returns its value together with the records behind it.

A domain declares what it counts; this engine works it out as of any day or over any period, by
town and by class, and hands back the evidence. No union word appears here: what the figures mean
is said where they are declared.
"""
