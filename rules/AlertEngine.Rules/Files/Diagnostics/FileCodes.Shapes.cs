using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>Keys and values: AE2020 to AE2039.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode UnknownKey = Error("AE2020", "未知的键", "an unknown key",
        "未知的键多半是拼写错误；悄悄忽略会让阈值不起作用。", "An unknown key is most likely a slip, and ignoring it would leave a threshold without effect.");

    internal static readonly DiagnosticCode MissingKey = Error("AE2021", "缺少必需的键", "a required key is missing",
        "该键没有默认值，必须写明。", "The key has no default and must be written.");

    internal static readonly DiagnosticCode WrongKind = Error("AE2022", "值的形式不对", "a value of another form is expected",
        "这里需要另一种形式的值：文本、列表或映射。", "Another form of value is expected here: a text, a list or a mapping.");

    internal static readonly DiagnosticCode NotNumber = Error("AE2023", "不是数字", "not a number",
        "这里需要一个数字，不加引号。", "A number is expected here, without quotes.");

    internal static readonly DiagnosticCode NotBool = Error("AE2024", "不是布尔值", "neither true nor false",
        "YAML 1.2 的布尔值只有 true 和 false；yes、no、on、off 是文本。", "YAML 1.2 has true and false only; yes, no, on and off are texts.");

    internal static readonly DiagnosticCode NotDuration = Error("AE2025", "不是时长", "not a duration",
        "时长写作 10s、5m、2h、1h30m、7d。", "Durations are written 10s, 5m, 2h, 1h30m, 7d.");

    internal static readonly DiagnosticCode NotAWord = Error("AE2026", "不在允许的取值中", "not one of the allowed words",
        "该键只接受列出的取值。", "The key takes one of the listed words only.");

    internal static readonly DiagnosticCode BadId = Error("AE2027", "标识格式错误", "a malformed id",
        "标识由小写字母、数字和连字符组成，以字母开头，长期不变：water-level-high。", "Ids are lower-case letters, digits and hyphens, begin with a letter, and are permanent: water-level-high.");

    internal static readonly DiagnosticCode BadName = Error("AE2028", "名称格式错误", "a malformed name",
        "表达式中使用的名称由字母、数字和下划线组成，以字母开头：limit_m。", "Names that expressions use are letters, digits and underscores and begin with a letter: limit_m.");

    internal static readonly DiagnosticCode BadListSize = Error("AE2029", "列表项数不对", "too few or too many items",
        "列表的项数超出允许的范围。", "The list has fewer or more items than are allowed.");

    internal static readonly DiagnosticCode OutOfRange = Error("AE2030", "数值超出范围", "a number out of range",
        "数值超出该键允许的范围。", "The number is outside of what the key allows.");

    internal static readonly DiagnosticCode NotDate = Error("AE2031", "不是日期或时间", "not a date or time",
        "日期写作 2026-10-01，月日写作 05-01，时间带时区：2026-07-01T08:00:00+08:00。", "Dates are written 2026-10-01, days of a year 05-01, instants with their offset: 2026-07-01T08:00:00+08:00.");

    internal static readonly DiagnosticCode NotLimit = Error("AE2032", "不是时限", "not a limit",
        "时限写作 30m、2h（自然时）、4wh（工作时）、1wd（工作日）。", "Limits are written 30m, 2h (elapsed), 4wh (work hours), 1wd (workdays).");

    internal static readonly DiagnosticCode NotDistance = Error("AE2033", "不是距离", "not a distance",
        "距离写作 200m、1.5km，或以米为单位的数字。", "Distances are written 200m, 1.5km, or as a number of meters.");

    internal static readonly DiagnosticCode MissingValue = Error("AE2034", "缺少值", "a value is missing",
        "键后没有值。", "Nothing stands behind the key.");

    internal static readonly DiagnosticCode NotOne = Error("AE2035", "须且只能选一项", "exactly one is needed",
        "这里的几个键是互斥的选择：须给出其中一个，且只能一个。", "These keys are a choice: one of them must be given, and only one.");

    internal static readonly DiagnosticCode BadPointer = Error("AE2036", "路径格式错误", "a malformed path",
        "字段路径是 JSON 指针，从 data 起：/observation/result。", "The path of a field is a JSON pointer from data: /observation/result.");

    private static readonly ImmutableArray<DiagnosticCode> ShapeCodes =
    [
        UnknownKey, MissingKey, WrongKind, NotNumber, NotBool, NotDuration, NotAWord, BadId, BadName, BadListSize, OutOfRange, NotDate, NotLimit, NotDistance,
        MissingValue, NotOne, BadPointer,
    ];
}
