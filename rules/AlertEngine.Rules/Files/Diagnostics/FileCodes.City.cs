using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>The city file and its tables: AE2110 to AE2139.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode UnknownZone = Error("AE2110", "未知的时区", "an unknown time zone",
        "时区用 IANA 名称，例如 Asia/Shanghai。", "Time zones have IANA names: Asia/Shanghai.");

    internal static readonly DiagnosticCode StreetTwice = Error("AE2111", "街道归属重复", "a street of two districts",
        "一个街道只能归一个区。", "A street belongs to one district.");

    internal static readonly DiagnosticCode RosterOverlap = Error("AE2112", "值班时段重叠", "duty periods that overlap",
        "同一层级和区在同一天只能有一个值班单位。", "A level and district has one unit on duty a day.");

    internal static readonly DiagnosticCode CsvSyntax = Error("AE2113", "CSV 格式错误", "malformed CSV",
        "CSV 按 RFC 4180：字段用逗号分隔，含逗号、引号或换行的字段用双引号括起，其中的引号写两次。",
        "CSV is RFC 4180: fields with commas, quotes or line breaks stand in quotes, quotes within are doubled.");

    internal static readonly DiagnosticCode CsvColumn = Error("AE2114", "CSV 列错误", "a wrong column of a table",
        "表头缺少所需的列，或列名重复。", "The header lacks a column that is needed, or has one twice.");

    internal static readonly DiagnosticCode CsvRow = Error("AE2115", "CSV 行错误", "a wrong row of a table",
        "该行的列数或取值不对。", "The row has too few or too many fields, or a value that does not fit.");

    internal static readonly DiagnosticCode DeviceTwice = Error("AE2116", "设备重复登记", "a device registered twice",
        "设备标识在登记表中须唯一。", "The id of a device is unique in the registry.");

    internal static readonly DiagnosticCode BadPosition = Error("AE2117", "经纬度无效", "a position that is none",
        "经度在 -180 至 180 之间，纬度在 -90 至 90 之间，两者须同时给出。", "Longitude is between -180 and 180, latitude between -90 and 90, and both are given.");

    internal static readonly DiagnosticCode CalendarFile = Error("AE2118", "节假日文件错误", "a wrong holiday file",
        "节假日文件为 JSON：{ year, days: [ { name, date, isOffDay } ] }。", "Holiday files are JSON: { year, days: [ { name, date, isOffDay } ] }.");

    internal static readonly DiagnosticCode UnknownTerm = Error("AE2119", "未知的节气", "an unknown solar term",
        "节气用拼音书写，例如 qingming。", "Solar terms are written in pinyin: qingming.");

    internal static readonly DiagnosticCode CalendarNeeded = Error("AE2120", "工作时限需要日历", "a limit in work time without a calendar",
        "工作时和工作日须有 calendar。", "Limits in work hours or workdays need a calendar.");

    internal static readonly DiagnosticCode DeviceDistrict = Warning("AE2121", "设备所在区不在城市文件中", "a device in a district that the city does not have",
        "该设备的事件将无法归属。", "Events of the device could not be placed.");

    internal static readonly DiagnosticCode DutyUntil = Error("AE2122", "时段首尾颠倒", "a period that ends before it begins",
        "until 是不含在内的结束日期，须晚于 from。", "'until' is the day after the last one and lies behind 'from'.");

    internal static readonly DiagnosticCode UnknownYear = Warning("AE2123", "日历缺少该年的节假日", "a calendar that does not know a year",
        "该年按周一至周五计算，节假日与调休不计；请补充当年的节假日文件。十二月下旬还须有下一年的文件。",
        "The year runs on weekdays, without holidays and make-up days: add its file. Late December needs the next year's file too.");

    internal static readonly DiagnosticCode UnknownScene = Error("AE2124", "未知的场景", "an unknown scene",
        "场景须在城市文件的 scenes 中声明。", "Scenes are declared under 'scenes' in the city file.");

    internal static readonly DiagnosticCode GridTwice = Error("AE2125", "网格重复", "a grid that stands twice",
        "一个网格在表中只有一行，只属于一个街道。", "A grid has one row in the table, and belongs to one street.");

    internal static readonly DiagnosticCode UnknownStreet = Error("AE2126", "未知的街道", "an unknown street",
        "网格所在的街道须在街道表中，或由某个区列出。", "The street of a grid stands in the street table, or is listed by a district.");

    internal static readonly DiagnosticCode GridPattern = Error("AE2127", "网格编码格式不符", "a grid's code that does not fit",
        "网格编码须符合 grids.pattern。", "Codes of grids match 'grids.pattern'.");

    private static readonly ImmutableArray<DiagnosticCode> CityCodes =
    [
        UnknownZone, StreetTwice, RosterOverlap, CsvSyntax, CsvColumn, CsvRow, DeviceTwice, BadPosition, CalendarFile, UnknownTerm, CalendarNeeded, DeviceDistrict,
        DutyUntil, UnknownYear, UnknownScene, GridTwice, UnknownStreet, GridPattern,
    ];
}
