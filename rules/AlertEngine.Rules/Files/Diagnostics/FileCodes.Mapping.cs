using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>Mapping files: AE2140 to AE2149.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode BadTimeFormat = Error("AE2140", "时间格式无效", "a time format that is none",
        "时间格式为 NodaTime 的模式，例如 dd-MM-yyyy HH:mm:ss，或 rfc3339、epoch-s、epoch-ms。",
        "A time format is a pattern of NodaTime such as dd-MM-yyyy HH:mm:ss, or rfc3339, epoch-s, epoch-ms.");

    internal static readonly DiagnosticCode BadPlace = Error("AE2141", "字段位置错误", "a field in no place",
        "CSV 的字段写 column，NDJSON 的字段写 pointer，二者取一。", "A field of CSV has a column, one of NDJSON a pointer, and only that.");

    internal static readonly DiagnosticCode BadTemplate = Error("AE2142", "模板错误", "a malformed template",
        "花括号里写表达式，例如 '{row.station}'；花括号本身写两次。", "Expressions stand in braces, '{row.station}'; a brace itself is doubled.");

    internal static readonly DiagnosticCode UnknownCharset = Error("AE2143", "未知的字符集", "an unknown character set",
        "字符集用 IANA 名称，例如 GB18030、utf-8；不支持 UTF-16。", "Character sets have IANA names: GB18030, utf-8. UTF-16 is not read.");

    internal static readonly DiagnosticCode BadDelimiter = Error("AE2144", "分隔符无效", "a delimiter that is none",
        "分隔符为一个 ASCII 字符，且不是引号或换行。", "A delimiter is one ASCII character, no quote and no line break.");

    internal static readonly DiagnosticCode NotAnEventValue = Error("AE2145", "此类型不能写入事件", "a value that no event can hold",
        "事件的值为数值、布尔、文本或时间。", "An event holds numbers, bools, texts and times.");

    internal static readonly DiagnosticCode BadRecords = Error("AE2146", "记录的位置不对", "records in no place",
        "format: json 的 records 是 JSON 指针；format: xml 的 records 是由外到内的元素名；其他格式没有 records。",
        "Of format json, records is a JSON pointer; of xml, names of elements from the outermost; other formats have none.");

    private static ImmutableArray<DiagnosticCode> MappingCodes =>
        [BadTimeFormat, BadPlace, BadTemplate, UnknownCharset, BadDelimiter, NotAnEventValue, BadRecords];
}
