"""聚力 Juli: the working platform of a trade-union federation (工会联合工作平台)."""

__version__ = "0.1.0.dev0"
