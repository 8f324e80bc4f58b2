"""Mechanisms that two or more domains share; no union word appears here (机制层)."""
