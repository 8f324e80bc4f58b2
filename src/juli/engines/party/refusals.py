"""Why a person or an employer cannot be entered."""

from juli.kernel.idcodes import Fault
from juli.kernel.refusal import Refusal


def worded(fault: Fault) -> str:
    """Return what is wrong as the second half of a sentence."""
    return fault.sentence.removesuffix("。")


class DocumentFaulty(Refusal):
    """The number cannot be right; the sentence of the fault says why."""

    code = "party.document_faulty"
    message = "证件号码没有通过检查：{fault}。"


class MobileFaulty(Refusal):
    """The number is no mobile number; the sentence of the fault says why."""

    code = "party.mobile_faulty"
    message = "手机号码没有通过检查：{fault}。"


class CreditCodeFaulty(Refusal):
    """The code cannot be right; the sentence of the fault says why."""

    code = "party.credit_code_faulty"
    message = "统一社会信用代码没有通过检查：{fault}。"


class NameMissing(Refusal):
    """A person has a name."""

    code = "party.name_missing"
    message = "姓名没有填写，请按证件填写姓名。"


class EmployerNameMissing(Refusal):
    """An employer has a name."""

    code = "party.employer_name_missing"
    message = "单位名称没有填写，请按证照填写全称。"


class SexContradictsDocument(Refusal):
    """The number of the document states the other sex."""

    code = "party.sex_contradicts_document"
    message = "填写的性别与证件号码载明的不一致，请对照证件核对。"


class BornContradictsDocument(Refusal):
    """The number of the document states another day of birth."""

    code = "party.born_contradicts_document"
    message = "填写的出生日期与证件号码载明的不一致，请对照证件核对。"


class MigrantWithoutSource(Refusal):
    """Whether somebody is a migrant worker is stated by somebody on a day, never inferred."""

    # 保障农民工工资支付条例(2019)第二条: a rural resident; no number tells that.
    code = "party.migrant_without_source"
    message = "填写是否农民工时，请一并填写信息来源和日期。"
