using System.Globalization;
using System.Text;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Tells people what the tests gave: each test, expected beside actual where it failed, what no test reached, and the sum in the last line.
/// </summary>
/// <param name="isChinese">Whether it speaks Chinese; otherwise English.</param>
public sealed class TextReport(bool isChinese)
{
    private readonly StringBuilder _text = new();

    /// <summary>The whole report.</summary>
    public static string Render(RuleTestReport report, bool isChinese)
    {
        var text = new TextReport(isChinese);
        foreach (RuleTestFileResult file in report.Files)
            text.AppendFile(file);
        text.AppendCoverage(report);
        text._text.Append(CultureInfo.InvariantCulture, $"{report.Passed} passed, {report.Failed} failed\n");
        return text._text.ToString();
    }

    private string Say(string zh, string en) => isChinese ? zh : en;

    private void AppendFile(RuleTestFileResult file)
    {
        _text.Append(file.Name).Append('\n');
        _text.Append(TextRenderer.Render(file.Diagnostics));
        foreach (RuleTestResult test in file.Tests)
        {
            string mark = test.IsPassed ? Say("通过", "pass") : Say("失败", "FAIL");
            _text.Append("  ").Append(mark).Append("  ").Append(test.Name).Append('\n');
            if (!file.Diagnostics.IsEmpty)
                continue;
            foreach (RuleTestFailure failure in test.Failures)
                AppendFailure(file.Name, failure);
        }
    }

    private void AppendFailure(string file, RuleTestFailure failure)
    {
        string at = failure.At is { } instant ? $" {Say("于", "at")} {DurationText.Format(instant)}" : "";
        _text.Append(CultureInfo.InvariantCulture, $"        {file}:{failure.Line}:{failure.Column}{at}: {failure.List}\n");
        foreach (RuleTestDifference difference in failure.Differences)
        {
            if (failure.At is not null)
                _text.Append("          ").Append(Say("期望 ", "expected ")).Append(difference.Expected ?? Say("（无）", "nothing")).Append('\n');
            _text.Append("          ").Append(Say("实际 ", "actual   ")).Append(difference.Actual ?? Say("（无）", "nothing")).Append('\n');
        }

        if (failure.NearestEvent is not null)
            _text.Append("          ").Append(Say("最近事件 ", "nearest event ")).Append(failure.NearestEvent).Append('\n');
        foreach (LocalText hint in failure.Hints)
            _text.Append("          ").Append(Say("提示 ", "hint: ")).Append(Say(hint.Zh, hint.En)).Append('\n');
    }

    private void AppendCoverage(RuleTestReport report)
    {
        if (report.Coverage.IsEmpty)
            return;
        int reached = report.Coverage.Count(rule => rule.IsReached);
        int branches = report.Coverage.Sum(rule => rule.Branches), branchesMissed = report.Coverage.Sum(rule => rule.UnreachedBranches.Length);
        int routes = report.Coverage.Sum(rule => rule.Routes), routesMissed = report.Coverage.Sum(rule => rule.UnreachedRoutes.Length);
        _text.Append(CultureInfo.InvariantCulture, $"{Say("覆盖", "coverage")}: {reached}/{report.Coverage.Length} {Say("条规则", "rules")}, ");
        _text.Append(CultureInfo.InvariantCulture, $"{branches - branchesMissed}/{branches} {Say("个分支", "branches")}, {routes - routesMissed}/{routes} {Say("条路由", "routes")}\n");
        foreach (RuleCoverage rule in report.Coverage)
            AppendUnreached(rule);
    }

    private void AppendUnreached(RuleCoverage rule)
    {
        if (!rule.IsReached)
        {
            _text.Append("  ").Append(rule.RuleId).Append(": ").Append(Say("没有测试使其触发", "no test makes it fire")).Append('\n');
            return;
        }

        foreach (string branch in rule.UnreachedBranches)
            _text.Append("  ").Append(rule.RuleId).Append(": ").Append(Say("未到达分支 ", "no test reaches the branch ")).Append(branch).Append('\n');
        foreach (string route in rule.UnreachedRoutes)
            _text.Append("  ").Append(rule.RuleId).Append(": ").Append(Say("未到达路由 ", "no test reaches the route ")).Append(route).Append('\n');
    }
}
