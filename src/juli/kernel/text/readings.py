"""How characters are read in names, where that differs from how they are read in texts."""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Return characters and their readings, the likeliest first."""
    words = (entry.split(":") for entry in text.split())
    return {character: tuple(readings.split("/")) for character, readings in words}


# Readings of surnames (单 is Shan, not Dan). Two readings where families differ.
SURNAMES = _table("""
    单:shan 仇:qiu 区:ou 曾:zeng 解:xie 朴:piao/pu 查:zha 覃:qin/tan 翟:zhai/di 卜:bu 员:yun
    盖:ge/gai 牟:mou/mu 隗:wei/kui 缪:miao 种:chong 秘:bi 乜:nie 郇:xun/huan 繁:po 黑:he 折:she
    召:shao 洗:xian 谌:chen/shen 佴:nai 祭:zhai 难:ning 都:du 藏:zang 薄:bo 柏:bai/bo 句:gou
    阚:kan 郗:xi/chi 郄:qie/xi 乐:yue/le 长:chang 粘:nian 隽:juan/jun 莘:shen/xin 颉:xie/jie
    重:chong 么:yao 角:jue 参:shen
""")

COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "单于": ("chan", "yu"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
}

# Readings in given names. A second one is kept only where parents really choose it.
GIVEN = _table("""
    长:chang/zhang 乐:le/yue 行:xing/hang 朝:chao/zhao 茜:qian/xi 娜:na/nuo 晟:sheng/cheng
    曾:zeng 单:dan/shan 重:chong/zhong 率:shuai 卜:bu 都:du 藏:cang/zang 还:huan 调:tiao
    柏:bai/bo 嬛:huan/xuan 荨:xun/qian 莞:wan/guan 溱:qin/zhen 筠:yun/jun 焘:tao/dao
    颉:jie/xie 隽:jun/juan 俟:si 骠:biao/piao 侗:dong/tong 琢:zhuo 翟:zhai 呢:ni 参:can/shen
    薄:bo 仇:qiu 查:cha/zha 没:mo 了:liao 什:shi 佛:fo 伽:jia/qie
""")
