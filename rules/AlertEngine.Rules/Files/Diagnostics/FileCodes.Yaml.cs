using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>YAML: AE2001 to AE2019.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode Syntax = Error("AE2001", "YAML 格式错误", "not well-formed YAML",
        "文件不是有效的 YAML 1.2：检查缩进、括号和引号。", "The file is not YAML 1.2: look at indentation, brackets and quotes.");

    internal static readonly DiagnosticCode TooLong = Error("AE2002", "文件过大", "the file is too long",
        "规则文件有大小上限，请拆分为多个文件。", "Rule files have an upper limit of size. Split the file.");

    internal static readonly DiagnosticCode TooDeep = Error("AE2003", "嵌套过深", "nested too deeply",
        "没有规则需要这么多层；多半是生成程序出错。", "No rule needs so many levels. Most likely a generator went wrong.");

    internal static readonly DiagnosticCode TooManyNodes = Error("AE2004", "文件内容过多", "too many values",
        "单个文件中的值的数量有上限，请拆分文件。", "The number of values in one file is limited. Split the file.");

    internal static readonly DiagnosticCode Alias = Error("AE2005", "不支持别名与锚点", "aliases and anchors are not supported",
        "YAML 的 & 与 * 会让一小段文本膨胀成巨大的数据，也让覆盖关系难以看清；请直接写出值，或用 params、lists、macros。",
        "YAML's & and * let a few bytes grow into megabytes and hide who overrides whom. Write the value out, or use params, lists and macros.");

    internal static readonly DiagnosticCode Tag = Error("AE2006", "不支持类型标签", "tags are not supported",
        "值的类型由所在的键决定，不由 ! 标签决定。", "The type of a value is decided by its key, not by a tag with '!'.");

    internal static readonly DiagnosticCode DuplicateKey = Error("AE2007", "键重复", "a key stands twice",
        "同一映射中一个键只能出现一次；多数 YAML 工具会悄悄保留最后一个。", "A key may stand only once in a mapping. Most YAML tools silently keep the last one.");

    internal static readonly DiagnosticCode ComplexKey = Error("AE2008", "键必须是简单文本", "a key must be a plain word",
        "列表或映射不能作键。", "A list or mapping cannot be a key.");

    internal static readonly DiagnosticCode SecondDocument = Error("AE2009", "一个文件只能有一个文档", "one document a file",
        "用 --- 分开的第二个文档会被忽略，因此不允许。", "A second document behind '---' would be overlooked, so it is refused.");

    internal static readonly DiagnosticCode Empty = Error("AE2010", "文件为空", "the file is empty",
        "至少要有文件头 alertengine: …。", "At least the header 'alertengine: …' is needed.");

    internal static readonly DiagnosticCode Header = Error("AE2011", "文件头错误", "wrong header",
        "每个文件以 alertengine: rules/v1、tests/v1 或 city/v1 说明其种类和版本。", "Each file says by 'alertengine: rules/v1', 'tests/v1' or 'city/v1' what it is and in which version.");

    internal static readonly DiagnosticCode BadCharacter = Error("AE2012", "含有不允许的字符", "a character that is not allowed",
        "控制字符、孤立代理项等不能出现在 YAML 中；文件应为 UTF-8。", "Control characters and lone surrogates cannot stand in YAML. The file should be UTF-8.");

    internal static readonly DiagnosticCode UnquotedExpression = Error("AE2013", "表达式缺少引号", "an expression that YAML takes apart",
        "花括号内未加引号的表达式若含逗号、方括号或冒号，会被 YAML 拆开。", "Within braces an unquoted expression with commas, brackets or colons is taken apart by YAML.");

    internal static readonly DiagnosticCode UnquotedText = Warning("AE2014", "文本含逗号而未加引号", "an unquoted text with a comma",
        "花括号内未加引号的文本会在逗号处被 YAML 断开；这里已接上，其他工具不会。",
        "Within braces YAML takes an unquoted text apart at its commas. It is put together here; other tools will not do so.");

    private static readonly ImmutableArray<DiagnosticCode> YamlCodes =
    [
        Syntax, TooLong, TooDeep, TooManyNodes, Alias, Tag, DuplicateKey, ComplexKey, SecondDocument, Empty, Header, BadCharacter, UnquotedExpression, UnquotedText,
    ];
}
