using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>Test files: AE2160 to AE2179.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode TestFileMissing = Error("AE2160", "测试引用的文件不存在", "a file that the test names is not there",
        "rules 和 city 中的文件名相对于测试文件所在的文件夹。", "The files under 'rules' and 'city' are named relative to the folder of the test file.");

    internal static readonly DiagnosticCode RepeatsIncomplete = Error("AE2161", "重复不完整", "repeats are incomplete",
        "重复的事件须同时给出间隔 every 和次数 times。", "Repeated events need both: the time between them, 'every', and how many there are, 'times'.");

    internal static readonly DiagnosticCode TooManyEvents = Error("AE2162", "测试的事件过多", "a test has too many events",
        "大量事件请用 replay 或 backtest。", "Use replay or backtest for so many events.");

    internal static readonly DiagnosticCode ExpectationFailed = Error("AE2163", "测试的期望未满足", "an expectation of a test is not met",
        "规则测试的结果与期望不同。", "What the rules did differs from what the test expects.");

    internal static readonly DiagnosticCode CommandLacks = Error("AE2164", "命令不完整", "a command lacks what it needs",
        "静默和延期须写明 until，转派须写明 to；静默总有结束。", "A silence and an extension need 'until', a reassignment needs 'to'; a silence always ends.");

    internal static readonly DiagnosticCode CommandMember = Error("AE2165", "命令没有此项", "a member that the command does not have",
        "该项属于别的命令；正式运行时这样的命令会被拒绝。", "The member belongs to other commands. In production such a command is refused.");

    internal static readonly DiagnosticCode OutageEnds = Error("AE2166", "停机时段有误", "an outage that ends before it begins",
        "from 与 until 都从测试的 start 起算，until 须晚于 from。", "'from' and 'until' count from the start of the test; 'until' comes after 'from'.");

    private static readonly ImmutableArray<DiagnosticCode> TestCodes = [TestFileMissing, RepeatsIncomplete, TooManyEvents, ExpectationFailed, CommandLacks, CommandMember, OutageEnds];
}
