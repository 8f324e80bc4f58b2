"""Why a sealed value cannot be read, or a vault cannot be built."""

from juli.kernel.refusal import Refusal


class SealBroken(Refusal):
    """The ciphertext was altered, or it was sealed for another field: GCM cannot tell which."""

    code = "crypto.seal_broken"
    message = "这条加密内容校验不通过：它被改动过，或者不属于这个字段，系统没有显示它。"


class NotSealed(Refusal):
    """The bytes are not in the layout of a sealed value at all."""

    code = "crypto.not_sealed"
    message = "这条内容不是本系统加密的，无法解密。"


class UnknownKey(Refusal):
    """The value names a key that this vault does not hold."""

    code = "crypto.unknown_key"
    message = "找不到编号为 {key_id} 的密钥，请把停用前的密钥放回密钥文件后重试。"


class UnusableKeys(Refusal):
    """The keys given cannot make a vault."""

    code = "crypto.unusable_keys"
    message = (
        "密钥不合要求：加密密钥须为 16 字节，编号在 1 到 65535 之间，索引密钥须为 32 字节，当前密钥须在其中。"
    )
