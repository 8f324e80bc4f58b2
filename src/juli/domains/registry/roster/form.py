"""The members' roster as offices keep it: columns, their other names, and the words in them."""

from collections.abc import Mapping
from typing import Final

from juli.domains.registry.models import Membership
from juli.engines.party.models import Person
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.saying import RECORD_COLUMN
from juli.kernel.idcodes import DocumentKind

CODE: Final = "registry.members"

_DOCUMENT_WORDS: Final[Mapping[DocumentKind, tuple[str, ...]]] = {
    DocumentKind.RESIDENT_ID: ("身份证", "二代身份证", "第二代居民身份证", "中国居民身份证", "111"),
    DocumentKind.RESIDENCE_PERMIT: ("港澳台居住证", "港澳居民居住证", "台湾居民居住证"),
    DocumentKind.HK_MACAU_PERMIT: ("回乡证", "港澳通行证", "港澳居民通行证", "516"),
    DocumentKind.TAIWAN_PERMIT: ("台胞证", "台湾通行证", "台湾居民通行证", "511"),
    DocumentKind.PASSPORT: ("普通护照", "外国护照", "中国护照", "414"),
    DocumentKind.FOREIGN_PERMIT: ("外国人永久居留证", "永久居留身份证", "五星卡", "553"),
}
DOCUMENT_KINDS: Final[Mapping[str, str]] = {
    DocumentKind.RESIDENT_ID: Person.Document.RESIDENT,
    DocumentKind.RESIDENCE_PERMIT: Person.Document.HMT_RESIDENCE,
    DocumentKind.HK_MACAU_PERMIT: Person.Document.HONGKONG_MACAU,
    DocumentKind.TAIWAN_PERMIT: Person.Document.TAIWAN,
    DocumentKind.PASSPORT: Person.Document.PASSPORT,
    DocumentKind.FOREIGN_PERMIT: Person.Document.FOREIGN_RESIDENCE,
}
"""The register's kind of document for each kind that the kernel checks."""

# The codes of GB/T 4658 (学历) and GB/T 2261.1 (性别) stand among the other spellings.
_EDUCATION: Final = (
    Choice(Person.Education.DOCTOR, "博士研究生", ("博士", "博士生", "11")),
    Choice(Person.Education.MASTER, "硕士研究生", ("硕士", "研究生", "硕士生", "14", "10")),
    Choice(Person.Education.BACHELOR, "大学本科", ("本科", "大学", "学士", "20", "21")),
    Choice(Person.Education.COLLEGE, "大学专科", ("大专", "专科", "高职", "30", "31")),
    Choice(
        Person.Education.VOCATIONAL,
        "中专中技",
        ("中专", "中技", "职高", "技校", "职业高中", "中等专业学校", "中等职业教育", "中专/中技", "40", "41"),
    ),
    Choice(Person.Education.HIGH_SCHOOL, "高中", ("普通高中", "高中毕业", "60", "61")),
    Choice(Person.Education.JUNIOR, "初中", ("初级中学", "初中毕业", "70", "71")),
    Choice(Person.Education.PRIMARY, "小学及以下", ("小学", "文盲", "小学毕业", "80", "81", "90")),
    Choice(Person.Education.UNSTATED, "未说明", ("不详", "其他", "99")),
)
_SKILL: Final = (
    Choice(Person.Skill.NONE, "无", ("没有", "无等级", "无技能等级", "普工", "0")),
    Choice(Person.Skill.JUNIOR, "初级工", ("初级", "五级", "五级工", "国家职业资格五级", "5")),
    Choice(Person.Skill.INTERMEDIATE, "中级工", ("中级", "四级", "四级工", "国家职业资格四级", "4")),
    Choice(Person.Skill.SENIOR, "高级工", ("高级", "三级", "三级工", "国家职业资格三级", "3")),
    Choice(Person.Skill.TECHNICIAN, "技师", ("二级", "国家职业资格二级", "2")),
    Choice(Person.Skill.SENIOR_TECHNICIAN, "高级技师", ("一级", "国家职业资格一级", "1")),
    Choice(Person.Skill.UNSTATED, "未说明", ("不详", "其他")),
)
_EMPLOYMENT: Final = (
    Choice(Person.Employment.EMPLOYED, "在职", ("在岗", "就业", "已就业", "在业")),
    Choice(Person.Employment.FLEXIBLE, "灵活就业", ("自由职业", "新就业形态", "灵活就业人员")),
    Choice(Person.Employment.UNEMPLOYED, "失业", ("待业", "下岗", "无业", "未就业")),
    Choice(Person.Employment.RETIRED, "退休", ("离退休", "内退", "离休", "已退休")),
    Choice(Person.Employment.UNSTATED, "未说明", ("不详", "其他")),
)
_HOUSEHOLD: Final = (
    Choice(
        Person.Household.RURAL,
        "农村",
        ("农业", "农业户口", "农业户籍", "农村户口", "农村户籍", "农业家庭户口", "农民"),
    ),
    Choice(
        Person.Household.URBAN,
        "城镇",
        ("非农业", "非农", "非农业户口", "非农户口", "城镇户口", "城市", "城市户口", "非农业家庭户口"),
    ),
    Choice(Person.Household.UNSTATED, "未说明", ("不详", "其他")),
)
_SEX: Final = (
    Choice(Person.Sex.MALE, "男", ("男性", "M", "1")),
    Choice(Person.Sex.FEMALE, "女", ("女性", "F", "2")),
    Choice(Person.Sex.UNSTATED, "未说明", ("不详", "9")),
)
_STANDING: Final = (
    Choice(Membership.Standing.ACTIVE, "在籍", ("在会", "正常", "会员", "已入会", "入会")),
    Choice(Membership.Standing.RETAINED, "保留会籍", ("保留", "保留会员")),
)
PARTY: Final = "party"
_POLITICS: Final = (
    Choice(PARTY, "中共党员", ("党员", "中国共产党党员", "共产党员", "预备党员", "中共预备党员", "01", "02")),
    Choice("league", "共青团员", ("团员", "中国共产主义青年团团员", "03")),
    Choice(
        "democratic",
        "民主党派",
        (
            "民革党员",
            "民盟盟员",
            "民建会员",
            "民进会员",
            "农工党党员",
            "致公党党员",
            "九三学社社员",
            "台盟盟员",
            "无党派人士",
            "无党派",
            "无党派民主人士",
        ),
    ),
    Choice("masses", "群众", ("普通群众", "无", "13")),
)

MEMBERS: Final = LedgerForm(
    code=CODE,
    label="会员名册",
    columns=(
        RECORD_COLUMN,
        Column(
            code="name",
            label="姓名",
            kind=Kind.NAME,
            required=True,
            max_length=64,
            aliases=("会员姓名", "职工姓名", "名字"),
            example="张三",
        ),
        Column(
            code="document_kind",
            label="证件类型",
            kind=Kind.CHOICE,
            aliases=("证件种类", "证件名称", "有效证件类型"),
            choices=tuple(Choice(kind, kind.label, words) for kind, words in _DOCUMENT_WORDS.items()),
            note="不填按号码判断，多数是居民身份证",
        ),
        Column(
            code="document",
            label="证件号码",
            kind=Kind.DOCUMENT,
            required=True,
            max_length=32,
            document_kind="document_kind",
            is_personal=True,
            aliases=(
                "身份证号",
                "身份证号码",
                "身份证",
                "公民身份号码",
                "证件号",
                "有效证件号码",
                "居民身份证号码",
            ),
            example="身份证上的 18 位号码",
        ),
        Column(
            code="mobile",
            label="手机号码",
            kind=Kind.MOBILE,
            is_personal=True,
            aliases=("手机", "手机号", "联系电话", "电话", "移动电话", "联系方式", "电话号码"),
        ),
        Column(code="sex", label="性别", kind=Kind.CHOICE, choices=_SEX, note="居民身份证可不填"),
        Column(
            code="born_on",
            label="出生日期",
            kind=Kind.DAY,
            aliases=("出生年月日", "出生年月", "生日"),
            note="居民身份证可不填",
        ),
        Column(
            code="household",
            label="户籍性质",
            kind=Kind.CHOICE,
            choices=_HOUSEHOLD,
            aliases=("户口性质", "户籍类型", "户口类型", "户口类别"),
        ),
        Column(
            code="is_migrant_worker",
            label="农民工",
            kind=Kind.YES_NO,
            aliases=("是否农民工", "是否为农民工", "农民工会员", "是否农民工会员"),
        ),
        Column(
            code="education",
            label="学历",
            kind=Kind.CHOICE,
            choices=_EDUCATION,
            aliases=("文化程度", "学历层次", "最高学历"),
        ),
        Column(
            code="skill",
            label="技能等级",
            kind=Kind.CHOICE,
            choices=_SKILL,
            aliases=("职业技能等级", "技术等级", "职业资格等级"),
        ),
        Column(
            code="employment",
            label="就业状态",
            kind=Kind.CHOICE,
            choices=_EMPLOYMENT,
            aliases=("就业状况", "就业情况", "工作状态"),
        ),
        Column(
            code="union_code",
            label="工会编码",
            max_length=32,
            aliases=("组织编码", "工会组织编码", "工会代码", "所属工会编码"),
            note="工会编码和工会名称填一项",
        ),
        Column(
            code="union_name",
            label="工会名称",
            max_length=120,
            aliases=(
                "所属工会",
                "所在工会",
                "工会",
                "基层工会",
                "基层工会名称",
                "所属基层工会",
                "工会组织名称",
            ),
            note="工会编码和工会名称填一项",
        ),
        Column(
            code="uscc",
            label="单位统一社会信用代码",
            kind=Kind.USCC,
            aliases=("统一社会信用代码", "社会信用代码", "信用代码", "单位代码", "单位社会信用代码"),
        ),
        Column(
            code="employer_name",
            label="单位名称",
            max_length=120,
            aliases=("工作单位", "所在单位", "单位", "企业名称", "用人单位", "公司名称", "单位全称"),
        ),
        Column(
            code="joined_on",
            label="入会日期",
            kind=Kind.DAY,
            required=True,
            aliases=("入会时间", "加入工会日期", "加入工会时间", "入会年月日"),
            example="2018-12-05",
        ),
        Column(
            code="standing",
            label="会籍状态",
            kind=Kind.CHOICE,
            choices=_STANDING,
            aliases=("会员状态", "会籍情况", "会籍"),
            note="不填为在籍",
        ),
        Column(
            code="politics",
            label="政治面貌",
            kind=Kind.CHOICE,
            choices=_POLITICS,
            aliases=("政治身份", "党派"),
        ),
        Column(
            code="is_party_member",
            label="党员",
            kind=Kind.YES_NO,
            aliases=("是否党员", "中共党员", "是否中共党员"),
        ),
        Column(
            code="is_model_worker",
            label="劳模",
            kind=Kind.YES_NO,
            aliases=("是否劳模", "劳动模范", "是否劳动模范"),
        ),
        Column(
            code="number",
            label="会员号",
            max_length=20,
            aliases=("会员编号", "会员证号", "会员卡号", "工会会员证号"),
        ),
        Column(
            code="bank",
            label="银行账号",
            max_length=32,
            is_personal=True,
            aliases=("银行卡号", "银行账户", "工会卡号", "开户账号"),
        ),
        Column(code="remark", label="备注", max_length=500, aliases=("说明",)),
    ),
    key=("document",),
    record="record",
)
"""The form of the members' roster (会员名册)."""

SENTENCES_OF_ONE_OF_TWO: Final = "“工会编码”或“工会名称”"

NATIONAL_HEADINGS: Final[Mapping[str, str]] = {
    "name": "姓名", "sex": "性别", "document_kind": "有效证件类别", "document": "证件号码",
    "born_on": "出生日期", "mobile": "移动电话", "household": "户籍类型", "education": "学历",
    "skill": "技术等级", "employment": "就业状况", "employer_name": "工作单位",
    "uscc": "单位统一社会信用代码", "union_name": "所属工会", "joined_on": "入会日期",
}  # fmt: skip
"""The columns of the members' table of the national real-name scheme, by our codes."""
NATIONAL_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "household": {"rural": "农业户口", "urban": "非农业户口"},
    "employment": {"employed": "在岗", "unemployed": "失业", "retired": "退休"},
    "skill": {"none": "无等级"},
}
