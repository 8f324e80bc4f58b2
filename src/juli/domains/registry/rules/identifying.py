"""Real names: whose they are, who checked them, who may see what is sealed."""

from juli.kernel.refusal import Refusal


class DocumentBelongsToAnother(Refusal):
    """One document, one person; nothing of the other is told."""

    code = "registry.document_belongs_to_another"
    message = "这个证件号码已登记在另一人名下，请对照证件核对；确属重复登记的，请由上级工会处理。"


class VerificationWithoutSource(Refusal):
    """A verification says who checked."""

    code = "registry.verification_without_source"
    message = "请填写核验来源，例如“公安比对”或“现场核对证件”。"


class NothingSealed(Refusal):
    """The register holds no such value."""

    code = "registry.nothing_sealed"
    message = "这位职工没有登记{field}。"


def check_source(source: str) -> None:
    """
    Let a source pass that says something.

    :raises VerificationWithoutSource: it is empty.
    """
    if not source.strip():
        raise VerificationWithoutSource
