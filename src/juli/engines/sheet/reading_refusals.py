"""Why a file is not read in, each in a sentence that says what is wrong, where, and how to mend it."""

from juli.kernel.refusal import Refusal


class LedgerRefused(Refusal):
    """A file that cannot be read as this ledger."""

    code = "sheet.refused"
    message = "这份台账没有读入，请检查文件后重试。"
    status = 422


class EmptyFile(LedgerRefused):
    code = "sheet.empty_file"
    message = "文件“{filename}”是空的（0 字节），请重新保存台账后再上传。"


class NotATable(LedgerRefused):
    code = "sheet.not_a_table"
    message = (
        "文件“{filename}”的内容是{what}，不是表格。"
        "请在 Excel 或 WPS 中打开台账，另存为“Excel 工作簿（*.xlsx）”后再上传。"
    )


class FormatNotRead(LedgerRefused):
    code = "sheet.format_not_read"
    message = (
        "文件“{filename}”是{what}，本系统不读这种格式。"
        "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后再上传。"
    )


class Truncated(LedgerRefused):
    code = "sheet.truncated"
    message = "文件“{filename}”不完整，可能在复制或上传途中断开了，请重新复制或上传完整的文件。"


class Damaged(LedgerRefused):
    code = "sheet.damaged"
    message = (
        "文件“{filename}”的{where}已损坏，无法读取。"
        "请在 Excel 或 WPS 中打开，确认内容无误后另存为新的 .xlsx 文件再上传。"
    )


class PasswordProtected(LedgerRefused):
    code = "sheet.password_protected"
    message = (
        "文件“{filename}”设有打开密码，系统不能也不应代您解密。"
        "请在 Excel 或 WPS 中去掉打开密码，保存后再上传。"
    )


class TooLarge(LedgerRefused):
    code = "sheet.too_large"
    message = "文件“{filename}”有 {size}，超过 {limit} 的上限，请按镇街或按年份拆成几个文件分别上传。"


class TooLargeInside(LedgerRefused):
    code = "sheet.too_large_inside"
    message = (
        "文件“{filename}”解压后的{where}超过 {limit}，远大于正常台账，为安全起见没有读取。"
        "请把需要的行列复制到新的工作簿后再上传。"
    )


class TooManyRows(LedgerRefused):
    code = "sheet.too_many_rows"
    message = (
        "文件“{filename}”有 {rows} 行，超过一次最多 {limit} 行的上限，请按镇街或按年份拆成几个文件分别上传。"
    )


class TooManyColumns(LedgerRefused):
    code = "sheet.too_many_columns"
    message = (
        "工作表“{sheet}”用到了第 {columns} 列，超过 {limit} 列的上限，请删除表格右侧多余的内容后再上传。"
    )


class TooScattered(LedgerRefused):
    code = "sheet.too_scattered"
    message = (
        "文件“{filename}”的内容分布得过于零散，无法在限定的内存和时间内读完，可能在很远的行或列留有零散内容。"
        "请把需要的行列复制到新的工作簿后再上传。"
    )


class EncodingUnknown(LedgerRefused):
    code = "sheet.encoding_unknown"
    message = (
        "文件“{filename}”第 {line} 行附近的文字无法识别，它既不是 UTF-8 也不是 GBK 编码，可能已经损坏。"
        "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后再上传。"
    )


class NoSheet(LedgerRefused):
    code = "sheet.no_sheet"
    message = "文件“{filename}”里没有工作表，请确认选对了文件。"


class OnlyHiddenSheets(LedgerRefused):
    code = "sheet.only_hidden_sheets"
    message = (
        "文件“{filename}”里显示着的工作表都不是{form}，只有隐藏的工作表“{sheet}”像。"
        "隐藏的工作表不会读取，请先取消隐藏，保存后再上传。"
    )


class EmptySheet(LedgerRefused):
    code = "sheet.empty_sheet"
    message = "工作表“{sheet}”里没有任何内容，请确认选对了文件。"


class OneCell(LedgerRefused):
    code = "sheet.one_cell"
    message = "工作表“{sheet}”里只有第 {row} 行的一个单元格有内容，不像{form}，请确认选对了文件。"


class NoHeader(LedgerRefused):
    code = "sheet.no_header"
    message = (
        "在工作表“{sheet}”的前 {looked} 行里没有找到{form}的表头。"
        "表头应当写明“{expected}”等列名，请对照模板补上表头后再上传。"
    )


class NoRows(LedgerRefused):
    code = "sheet.no_rows"
    message = "工作表“{sheet}”第 {row} 行是表头，表头下面没有数据，请填写后再上传。"


class DuplicateHeaders(LedgerRefused):
    code = "sheet.duplicate_headers"
    message = (
        "工作表“{sheet}”第 {row} 行的表头有重复：{repeated}。系统无法判断以哪一列为准，请只保留一列后再上传。"
    )


class MissingColumns(LedgerRefused):
    code = "sheet.missing_columns"
    message = "工作表“{sheet}”第 {row} 行的表头缺少必需的列：{missing}。请补上这些列后再上传。"


class TooManyRowsToWrite(LedgerRefused):
    code = "sheet.too_many_rows_to_write"
    message = "要导出的内容超过 Excel 一个工作表的 {limit} 行上限，请缩小范围，或改为导出 csv 文件。"


class UnbalancedQuotes(LedgerRefused):
    code = "sheet.unbalanced_quotes"
    message = (
        "文件“{filename}”第 {row} 行的双引号没有成对，后面的内容都被并进了一个单元格。"
        "请在 Excel 或 WPS 中改正这一行，或另存为“Excel 工作簿（*.xlsx）”后再上传。"
    )
