"""
The rulebook: what law, standard and local practice prescribe, as dated and cited data (规则库).

规则库把法律、标准和本地做法中的数字与口径写成有起止日期、有出处的数据。业务发生在哪一天，就适用哪一天
有效的规定；尚未查证原文的规定照常使用，但标明“待确认”。
"""

from juli.engines.rulebook.book import NoRuleInForce, Rule, UnknownRule, every_rule, rule

__all__ = ["NoRuleInForce", "Rule", "UnknownRule", "every_rule", "rule"]
