"""How letters that somebody typed may be read as syllables of pinyin, whole and by their first letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

MOST_READINGS: Final = 3
LONGEST: Final = 40
_MOST_TRIED: Final = 64

_WRITTEN: Final = """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao
    ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui
    chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die
    ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai
    gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei
    hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing
    jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui
    kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu
    luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
    na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo
    nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang
    qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run
    ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua
    shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei teng ti
    tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang
    xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue
    yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou
    zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
SYLLABLES: Final = frozenset(_WRITTEN.split())
_BEGINNINGS: Final = frozenset(each[:length] for each in SYLLABLES for length in range(1, len(each) + 1))
_LONGEST_SYLLABLE: Final = 6
_DOUBLE: Final = ("zh", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to read letters as the beginning of each of some syllables (读法).

    ``initials`` are the first letters, ``begun`` is what any matching spelling begins with, and
    ``pattern`` a regular expression that the whole of it matches.
    """

    initials: str
    begun: str
    pattern: str


@lru_cache(maxsize=1024)
def readings(letters: str) -> tuple[Reading, ...]:
    """
    Return the ways to read letters as syllables, some of them whole and others by what they begin with.

    ``zhangxm`` is zhang + x… + m…; ``dashidianzi`` is four whole syllables. Letters that are but first
    letters are no reading: they stand in initials.
    """
    if not letters.isascii() or not letters.isalpha() or len(letters) > LONGEST:
        return ()
    found: dict[Reading, None] = {}
    for tokens in islice(_split(letters), _MOST_TRIED):
        if any(len(token) > 1 for token in tokens):
            found[_reading(tokens)] = None
    return tuple(islice(found, MOST_READINGS))


def _split(letters: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut letters into syllables, the longest first, and what syllables begin with."""
    if not letters:
        yield ()
        return
    for length in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1):
        head, rest = letters[:length], letters[length:]
        is_begun = head in _BEGINNINGS if not rest else len(head) == 1 or head in _DOUBLE
        if head in SYLLABLES or (is_begun and head in _BEGINNINGS):
            yield from ((head, *tail) for tail in _split(rest))


def _reading(tokens: tuple[str, ...]) -> Reading:
    begun = ""
    for token in tokens:
        begun += token
        if token not in SYLLABLES:
            break
    parts = [token if token in SYLLABLES and len(token) > 1 else f"{token}[a-z]*" for token in tokens]
    # The last may go on: jin is also the beginning of jing.
    last = tokens[-1]
    parts[-1] = f"{re.escape(last)}[a-z]*"
    return Reading("".join(token[0] for token in tokens), begun, "".join(parts))
