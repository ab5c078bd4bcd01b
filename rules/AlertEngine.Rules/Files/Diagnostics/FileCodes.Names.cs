using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>Names that do not lead anywhere: AE2040 to AE2059.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode Duplicate = Error("AE2040", "重复定义", "defined twice",
        "同一名称或标识只能定义一次。", "A name or id may be defined only once.");

    internal static readonly DiagnosticCode UnknownPack = Error("AE2041", "未知的规则包", "an unknown pack",
        "use 引用的是所加载文件中的 pack 名称，不是文件名。", "'use' names the packs of the loaded files, not the files.");

    internal static readonly DiagnosticCode UnknownEventType = Error("AE2042", "未知的事件类型", "an unknown event type",
        "事件类型须在本包或 use 的包的 events 中声明。", "Event types are declared under 'events' of this pack or of one that it uses.");

    internal static readonly DiagnosticCode UnknownRule = Error("AE2043", "未知的规则", "an unknown rule",
        "所加载的文件中没有这条规则。", "None of the loaded files has this rule.");

    internal static readonly DiagnosticCode UnknownUnit = Error("AE2044", "未知的单位", "an unknown unit",
        "工单只能派往城市文件 units 中的单位。", "Orders go to the units of the city file only.");

    internal static readonly DiagnosticCode UnknownSla = Error("AE2045", "未知的时限方案", "an unknown SLA",
        "时限方案须在城市文件或本包的 sla 中命名，或直接写出。", "An SLA is named in the city file or under 'sla' of the pack, or written inline.");

    internal static readonly DiagnosticCode UnknownLevel = Error("AE2046", "未知的指挥层级", "an unknown command level",
        "指挥层级须在城市文件的 levels 中列出。", "Command levels are those listed under 'levels' of the city file.");

    internal static readonly DiagnosticCode UnknownDistrict = Error("AE2047", "未知的区", "an unknown district",
        "区代码须在城市文件的 districts 中列出。", "District codes are those under 'districts' of the city file.");

    internal static readonly DiagnosticCode UnknownCalendar = Error("AE2048", "未知的日历", "an unknown calendar",
        "日历须在城市文件的 calendars 中命名；none 表示自然时间。", "Calendars are named under 'calendars' of the city file; 'none' is elapsed time.");

    internal static readonly DiagnosticCode UnknownList = Error("AE2049", "未知的列表", "an unknown list",
        "列表须在本包或 use 的包的 lists 中定义。", "Lists are defined under 'lists' of this pack or of one that it uses.");

    internal static readonly DiagnosticCode UnknownParam = Error("AE2050", "未知的参数", "an unknown parameter",
        "覆盖只能设置规则 params 中声明的参数。", "An override sets parameters that the rule declares under 'params'.");

    internal static readonly DiagnosticCode UnknownException = Error("AE2051", "未知的例外", "an unknown exception",
        "覆盖只能为规则 exceptions 中声明的例外添加取值。", "An override gives values to exceptions that the rule declares.");

    internal static readonly DiagnosticCode ReservedField = Error("AE2052", "保留的字段名", "a reserved field name",
        "每个事件都有 id、source、type、device、district、street、grid、time、geo，事件类型不能再声明同名字段。",
        "Every event has id, source, type, device, district, street, grid, time and geo; a type cannot declare fields of these names.");

    internal static readonly DiagnosticCode ReservedName = Error("AE2053", "保留的名称", "a reserved name",
        "该名称已被表达式语言使用。", "The name is in use by the expression language.");

    internal static readonly DiagnosticCode DevicesUnreadable = Error("AE2054", "城市文件引用的文件不可用", "a file that the city file names is not available",
        "城市文件引用的文件须与其一同提供。", "The files that the city file names have to be given with it.");

    internal static readonly DiagnosticCode UnknownGroup = Error("AE2055", "未知的归并方式", "an unknown grouping",
        "归并方式须在本包或 use 的包的 groups 中定义，或直接写出。", "Groupings are defined under 'groups' of this pack or of one that it uses, or written inline.");

    private static readonly ImmutableArray<DiagnosticCode> NameCodes =
    [
        Duplicate, UnknownPack, UnknownEventType, UnknownRule, UnknownUnit, UnknownSla, UnknownLevel, UnknownDistrict, UnknownCalendar, UnknownList,
        UnknownParam, UnknownException, ReservedField, ReservedName, DevicesUnreadable, UnknownGroup,
    ];
}
