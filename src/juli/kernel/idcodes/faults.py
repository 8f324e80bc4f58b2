"""What can be wrong with a number: one table for the form's single value and the file's column."""

from enum import IntEnum


class Fault(IntEnum):
    """Why a number is refused (号码差错); 0 is none. Values fit one byte and never change."""

    NONE = 0
    EMPTY = 1

    RESIDENT_SCIENTIFIC = 10
    RESIDENT_CHARACTERS = 11
    RESIDENT_OLD_FORM = 12
    RESIDENT_LENGTH = 13
    RESIDENT_REGION = 14
    RESIDENT_BIRTH_DAY = 15
    RESIDENT_BORN_TOO_EARLY = 16
    RESIDENT_BORN_IN_FUTURE = 17
    RESIDENT_DIGITS_LOST = 18
    RESIDENT_CHECK_DIGIT = 19
    RESIDENT_IS_RESIDENCE_PERMIT = 20
    RESIDENCE_PERMIT_REGION = 21

    DOCUMENT_SCIENTIFIC = 30
    HK_MACAU_OLD_FORM = 31
    HK_MACAU_FORM = 32
    TAIWAN_FORM = 33
    PASSPORT_FORM = 34
    FOREIGN_PERMIT_FORM = 35
    FOREIGN_PERMIT_BIRTH_DAY = 36
    FOREIGN_PERMIT_CHECK_DIGIT = 37

    USCC_SCIENTIFIC = 50
    USCC_CHARACTERS = 51
    USCC_REGISTRATION_NUMBER = 52
    USCC_ORGANISATION_CODE = 53
    USCC_LENGTH = 54
    USCC_REGION = 55
    USCC_CHECK_CHARACTER = 56

    MOBILE_SCIENTIFIC = 70
    MOBILE_CHARACTERS = 71
    MOBILE_IS_LANDLINE = 72
    MOBILE_LENGTH = 73
    MOBILE_PREFIX = 74

    @property
    def code(self) -> str:
        """The name of the reason for programs, in the house's grammar."""
        return f"idcodes.{self.name.lower()}"

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, for people; empty when nothing is wrong."""
        return _SENTENCES[self]


_AS_TEXT = "后几位已丢失，请在原表里改成文本格式后重新填写。"

_SENTENCES = {
    Fault.NONE: "",
    Fault.EMPTY: "号码没有填写。",
    Fault.RESIDENT_SCIENTIFIC: f"Excel 把身份证号变成了科学计数法，{_AS_TEXT}",
    Fault.RESIDENT_CHARACTERS: (
        "身份证号应为 17 位数字加 1 位数字或字母 X，现在含有其他字符；如果是其他证件，请改填证件类型。"
    ),
    Fault.RESIDENT_OLD_FORM: (
        "这是 15 位的旧式身份证号，第一代身份证自 2013 年起停止使用，请填写新证上的 18 位号码。"
    ),
    Fault.RESIDENT_LENGTH: "身份证号应为 18 位，请对照证件补齐漏掉的数字或删去多余的数字。",
    Fault.RESIDENT_REGION: "身份证号前两位不是任何省份的代码，请对照证件核对开头几位。",
    Fault.RESIDENT_BIRTH_DAY: "身份证号第 7 至 14 位不是真实的日期，请对照证件核对出生日期。",
    Fault.RESIDENT_BORN_TOO_EARLY: "按身份证号推算年龄超过 130 岁，请对照证件核对出生年份。",
    Fault.RESIDENT_BORN_IN_FUTURE: "身份证号里的出生日期还没有到，请对照证件核对出生年份。",
    Fault.RESIDENT_DIGITS_LOST: (
        "身份证号末三位是 000 且校验不通过，多半是 Excel 按数字保存时丢了后几位，"
        "请在原表里改成文本格式后重新填写。"
    ),
    Fault.RESIDENT_CHECK_DIGIT: "身份证号校验不通过，其中至少有一位写错了，请对照证件逐位核对。",
    Fault.RESIDENT_IS_RESIDENCE_PERMIT: "这是港澳台居民居住证的号码，请把证件类型改为“港澳台居民居住证”。",
    Fault.RESIDENCE_PERMIT_REGION: (
        "港澳台居民居住证的号码应以 810000、820000 或 830000 开头，请核对号码或证件类型。"
    ),
    Fault.DOCUMENT_SCIENTIFIC: f"Excel 把证件号码变成了科学计数法，{_AS_TEXT}",
    Fault.HK_MACAU_OLD_FORM: (
        "旧版港澳居民来往内地通行证号码的末两位是换证次数，请只填写字母和它后面的 8 位数字。"
    ),
    Fault.HK_MACAU_FORM: "港澳居民来往内地通行证号码应为字母 H 或 M 加 8 位数字，请对照证件核对。",
    Fault.TAIWAN_FORM: "台湾居民来往大陆通行证号码应为 8 位数字，请对照证件核对。",
    Fault.PASSPORT_FORM: "护照号码应为 5 至 15 位字母和数字，其中至少有一位数字，请对照证件核对。",
    Fault.FOREIGN_PERMIT_FORM: (
        "外国人永久居留身份证号码应为以 9 开头的 18 位号码，或旧证上 3 位字母加 12 位数字，请对照证件核对。"
    ),
    Fault.FOREIGN_PERMIT_BIRTH_DAY: (
        "外国人永久居留身份证号码里的出生日期不是真实的日期，或者还没有到，请对照证件核对。"
    ),
    Fault.FOREIGN_PERMIT_CHECK_DIGIT: (
        "外国人永久居留身份证号码校验不通过，其中至少有一位写错了，请对照证件逐位核对。"
    ),
    Fault.USCC_SCIENTIFIC: f"Excel 把统一社会信用代码变成了科学计数法，{_AS_TEXT}",
    Fault.USCC_CHARACTERS: (
        "统一社会信用代码只用数字和大写字母，且不用 I、O、S、V、Z，请核对是否把 1、0、5、2 写成了字母。"
    ),
    Fault.USCC_REGISTRATION_NUMBER: "这是 15 位的旧工商注册号，请填写营业执照上的 18 位统一社会信用代码。",
    Fault.USCC_ORGANISATION_CODE: "这是 9 位的旧组织机构代码，请填写证照上的 18 位统一社会信用代码。",
    Fault.USCC_LENGTH: "统一社会信用代码应为 18 位，请对照证照补齐漏掉的字符或删去多余的字符。",
    Fault.USCC_REGION: "统一社会信用代码第 3 至 8 位应为数字，请对照证照核对。",
    Fault.USCC_CHECK_CHARACTER: "统一社会信用代码校验不通过，其中至少有一位写错了，请对照证照逐位核对。",
    Fault.MOBILE_SCIENTIFIC: f"Excel 把手机号变成了科学计数法，{_AS_TEXT}",
    Fault.MOBILE_CHARACTERS: "手机号应全是数字，请删去其他字符；有多个号码时只填一个。",
    Fault.MOBILE_IS_LANDLINE: "这是固定电话号码，请填写 11 位手机号。",
    Fault.MOBILE_LENGTH: "手机号应为 11 位，请补齐漏掉的数字或删去多余的数字。",
    Fault.MOBILE_PREFIX: "手机号应以 13 至 19 开头，请核对前两位。",
}

if len(_SENTENCES) != len(Fault):
    raise RuntimeError("every fault needs its sentence")
