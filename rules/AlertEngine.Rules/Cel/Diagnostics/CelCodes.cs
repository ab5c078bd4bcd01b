using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel;

/// <summary>One code of a finding about expressions, for the reference page.</summary>
/// <param name="Code">The code.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="TitleEn">What it is about, in English.</param>
/// <param name="TitleZh">The same in Chinese.</param>
public sealed record CelCode(string Code, CelSeverity Severity, string TitleEn, string TitleZh)
{
    internal CelDiagnostic At(CelSpan span, string en, string zh) => new(Code, Severity, span.Start, span.Length, en, zh);
}

/// <summary>All codes of findings about expressions, AE1001 to AE1199: syntax from 1001, names and types from 1020, limits from 1060, lint from 1100.</summary>
public static class CelCodes
{
    internal static readonly CelCode BadCharacter = Error("AE1001", "a character that no expression has", "无法识别的字符");
    internal static readonly CelCode BadLiteral = Error("AE1002", "a literal that cannot be read", "字面量有误");
    internal static readonly CelCode FullWidth = Error("AE1003", "full-width punctuation", "全角标点");
    internal static readonly CelCode Unexpected = Error("AE1004", "something else was expected here", "语法错误");
    internal static readonly CelCode BadMacroCall = Error("AE1005", "a macro is called the wrong way", "宏的用法有误");
    internal static readonly CelCode ReservedWord = Error("AE1006", "a reserved word as a name", "保留字不能作名称");
    internal static readonly CelCode UnquotedText = Error("AE1007", "a text without quotes", "文本缺少引号");
    internal static readonly CelCode Message = Error("AE1008", "protobuf messages are not part of this language", "不支持 protobuf 消息");
    internal static readonly CelCode UnknownName = Error("AE1020", "an unknown name", "未知的名称");
    internal static readonly CelCode UnknownFunction = Error("AE1021", "an unknown function", "未知的函数");
    internal static readonly CelCode NoOverload = Error("AE1022", "a function or operator that does not take these types", "类型不匹配");
    internal static readonly CelCode UnknownField = Error("AE1023", "an unknown field", "字段不存在");
    internal static readonly CelCode NoFields = Error("AE1024", "a value that has no fields", "该类型没有字段");
    internal static readonly CelCode WrongResult = Error("AE1025", "the expression has another type than is wanted here", "表达式类型不符");
    internal static readonly CelCode RecordAsValue = Error("AE1026", "a record used as a value", "记录不能当作值");
    internal static readonly CelCode MixedNumbers = Error("AE1027", "int and double mixed", "整数与小数混用");
    internal static readonly CelCode MacroArguments = Error("AE1028", "a macro of the rule file with the wrong arguments", "宏的参数个数不符");
    internal static readonly CelCode MacroBroken = Error("AE1029", "an error inside a macro of the rule file", "宏内部有错误");
    internal static readonly CelCode BadConstant = Error("AE1030", "a constant argument that can never work", "常量参数无效");
    internal static readonly CelCode BadPattern = Error("AE1031", "a regular expression outside the supported subset", "不支持的正则表达式");
    internal static readonly CelCode NotIterable = Error("AE1032", "a macro over something that is neither list nor map", "只能遍历列表或映射");
    internal static readonly CelCode MacroLoop = Error("AE1033", "a macro that uses itself", "宏循环引用");
    internal static readonly CelCode SourceTooLong = Error("AE1060", "the expression is too long", "表达式过长");
    internal static readonly CelCode TooDeep = Error("AE1061", "the expression is nested too deeply", "表达式嵌套过深");
    internal static readonly CelCode TooManyNodes = Error("AE1062", "the expression has too many parts", "表达式过大");
    internal static readonly CelCode TooExpensive = Error("AE1063", "the expression may cost too much", "表达式计算量过大");
    internal static readonly CelCode OptionalRead = Warning("AE1100", "an optional field read without has() or a default", "可选字段未判空");
    internal static readonly CelCode OutsideRange = Warning("AE1101", "a comparison outside the declared range", "比较值超出声明范围");
    internal static readonly CelCode DoubleEquality = Warning("AE1102", "== on doubles", "小数不宜用 == 比较");
    internal static readonly CelCode UtcGetter = Warning("AE1103", "a UTC getter without a zone", "未指定时区");
    internal static readonly CelCode MixedUnits = Warning("AE1104", "units mixed", "单位不一致");
    internal static readonly CelCode AlwaysSame = Warning("AE1105", "a condition that never changes", "条件恒定");

    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<CelCode> All { get; } =
    [
        BadCharacter, BadLiteral, FullWidth, Unexpected, BadMacroCall, ReservedWord, UnquotedText, Message,
        UnknownName, UnknownFunction, NoOverload, UnknownField, NoFields, WrongResult, RecordAsValue, MixedNumbers, MacroArguments, MacroBroken, BadConstant,
        BadPattern, NotIterable, MacroLoop, SourceTooLong, TooDeep, TooManyNodes, TooExpensive,
        OptionalRead, OutsideRange, DoubleEquality, UtcGetter, MixedUnits, AlwaysSame,
    ];

    private static CelCode Error(string code, string en, string zh) => new(code, CelSeverity.Error, en, zh);

    private static CelCode Warning(string code, string en, string zh) => new(code, CelSeverity.Warning, en, zh);
}
