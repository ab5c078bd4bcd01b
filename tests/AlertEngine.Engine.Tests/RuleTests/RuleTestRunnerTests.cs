using AlertEngine.Engine.RuleTests;
using Xunit;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>Goal: what a failing test tells leads straight to the fault. Method: small files in memory, texts compared as they are printed.</summary>
public sealed class RuleTestRunnerTests
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: water
        events: { water.level: { level_m: { type: double, unit: m } } }
        rules:
          - id: high
            name: high
            owner: bureau
            stage: live
            source: { type: water.level }
            detect: { each: { when: event.level_m > 3.0, quiet: 10m } }
            severity: { base: yellow, raise: [ { when: event.level_m > 5.0, to: red } ] }
            title: "{event.device}: {event.level_m:0.0} m"
            routes: [ { when: event.level_m > 5.0, to: police }, { to: drainage } ]
        """;

    private static MemoryTestFiles Files => new MemoryTestFiles().With("water.rules.yaml", Rules);

    private static string Test(string expect) =>
        $$"""
        alertengine: tests/v1
        rules: [water.rules.yaml]
        tests:
          - name: one
            start: 2026-07-01T08:00:00+08:00
            events:
              - { type: water.level, device: WL-1, at: 1m, data: { level_m: 3.5 } }
              - { type: water.level, device: WL-2, at: 2m, data: { level_m: 1.0 } }
            expect: {{expect}}
        """;

    [Fact]
    public void A_failing_expectation_stands_beside_what_there_was_with_the_nearest_event()
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, firing: [ { rule: high, key: WL-1, severity: red } ] } ]"));

        Assert.Equal(
            """
            t.test.yaml
              FAIL  one
                    t.test.yaml:9:35 at 5m: firing
                      expected { rule: high, key: WL-1, severity: red }
                      actual   { rule: high, key: WL-1, severity: yellow, route: drainage }
                      nearest event 1m water.level WL-1 { level_m: 3.5 } (line 7)
            coverage: 1/1 rules, 0/2 branches, 1/2 routes
              high: no test reaches the branch raise to red
              high: no test reaches the branch clear
              high: no test reaches the route police when event.level_m > 5.0
            0 passed, 1 failed

            """,
            TextReport.Render(report, isChinese: false));
    }

    [Fact]
    public void The_report_speaks_chinese_and_keeps_its_last_line()
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, firing: [] } ]"));

        string text = TextReport.Render(report, isChinese: true);
        Assert.Contains("  失败  one\n        t.test.yaml:9:15 于 5m: firing\n          期望 （无）\n          实际 { rule: high, key: WL-1, severity: yellow, route: drainage }\n          最近事件 1m water.level WL-1 { level_m: 3.5 } (line 7)\n", text, StringComparison.Ordinal);
        Assert.EndsWith("0 passed, 1 failed\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_not_judged() =>
        Assert.Equal((1, 0), Sum(Files.Run(Test("[ { at: 5m }, { at: 20m, resolved: [ { rule: high } ] } ]"))));

    [Fact]
    public void A_change_is_reported_once_at_the_first_instant_after_it() =>
        Assert.Equal((1, 0), Sum(Files.Run(Test("[ { at: 20m, firing: [] }, { at: 21m, resolved: [], orders: [] } ]"))));

    [Fact]
    public void Two_expectations_of_one_instant_judge_the_same_changes() =>
        Assert.Equal((1, 0), Sum(Files.Run(Test("[ { at: 20m, resolved: [ { key: WL-1 } ] }, { at: 20m, orders: [ { revision: 1 }, { revision: 2 } ] } ]"))));

    [Fact]
    public void Expectations_may_stand_in_any_order() =>
        Assert.Equal((1, 0), Sum(Files.Run(Test("[ { at: 20m, firing: [] }, { at: 5m, firing: [ { rule: high } ] } ]"))));

    [Fact]
    public void An_unknown_key_is_an_error_with_a_suggestion()
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, fireing: [] } ]"));

        Assert.Equal("t.test.yaml:9:25 AE2020 未知的键 / unknown key 'fireing' in an expectation; did you mean 'firing'?", Assert.Single(report.Files[0].Diagnostics).ToString());
        Assert.Equal((0, 1), Sum(report));
    }

    [Fact]
    public void Rules_with_an_error_fail_every_test_of_the_file_and_are_told_once()
    {
        MemoryTestFiles files = new MemoryTestFiles().With("water.rules.yaml", Rules.Replace("event.level_m > 3.0", "event.levle_m > 3.0", StringComparison.Ordinal));
        RuleTestReport report = files.Run(Test("[ { at: 5m, firing: [] } ]"));

        Assert.StartsWith("water.rules.yaml:10:35 AE1", Assert.Single(report.Files[0].Diagnostics).ToString(), StringComparison.Ordinal);
        Assert.Equal((0, 1), Sum(report));
    }

    [Fact]
    public void A_rule_file_that_is_not_there_is_said_at_its_name()
    {
        RuleTestReport report = new MemoryTestFiles().Run(Test("[ { at: 5m, firing: [] } ]"));

        Assert.Equal(
            "t.test.yaml:2:9 AE2160 测试引用的文件不存在 / no file 'water.rules.yaml'; names are relative to the test file",
            Assert.Single(report.Files[0].Diagnostics).ToString());
    }

    [Fact]
    public void An_event_that_would_be_a_dead_letter_fails_the_test_at_its_place()
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, firing: [] } ]").Replace("level_m: 1.0", "level_m: wet", StringComparison.Ordinal));

        RuleTestFailure failure = Assert.Single(report.Files[0].Tests[0].Failures);
        Assert.Equal((8, 9, "events"), (failure.Line, failure.Column, failure.List));
        Assert.Equal("a real event like it would be a dead letter: data.level_m of water.level is a text, but double is declared", failure.Differences[0].Actual);
    }

    [Fact]
    public void A_pack_that_is_used_and_not_listed_is_found_beside_the_rules()
    {
        MemoryTestFiles files = new MemoryTestFiles()
            .With("00.rules.yaml", "alertengine: rules/v1\npack: shared\nevents: { water.level: { level_m: { type: double, unit: m } } }\n")
            .With("water.rules.yaml", Rules.Replace("events: { water.level: { level_m: { type: double, unit: m } } }", "use: [shared]", StringComparison.Ordinal));

        Assert.Equal((1, 0), Sum(files.Run(Test("[ { at: 5m, firing: [ { rule: high } ] } ]"))));
    }

    [Fact]
    public void What_one_file_reaches_is_reached()
    {
        const string Second =
            """
            alertengine: tests/v1
            rules: [water.rules.yaml]
            tests:
              - name: two
                events: [ { type: water.level, device: WL-1, data: { level_m: 6.0 } } ]
                expect: [ { at: 1h, firing: [] } ]
            """;
        RuleTestReport report = new RuleTestRunner(Files).Run(
            [new("a.test.yaml", Test("[ { at: 5m, firing: [ { rule: high } ] } ]")), new("b.test.yaml", Second)]);

        Assert.Equal((2, 0), Sum(report));
        RuleCoverage rule = Assert.Single(report.Coverage);
        Assert.Empty(rule.UnreachedBranches);
        Assert.Empty(rule.UnreachedRoutes);
    }

    [Fact]
    public void JUnit_has_a_suite_for_each_file_and_a_case_for_each_test()
    {
        string xml = JUnitReport.Render(Files.Run(Test("[ { at: 5m, firing: [] } ]")));

        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites tests="1" failures="1" errors="0" skipped="0">
              <testsuite name="t.test.yaml" tests="1" failures="1" errors="0" skipped="0">
                <testcase classname="t.test.yaml" name="one" time="0">
                  <failure message="t.test.yaml:9:15 at 5m: firing">t.test.yaml:9:15 at 5m: firing
              expected nothing
              actual   { rule: high, key: WL-1, severity: yellow, route: drainage }
              nearest event 1m water.level WL-1 { level_m: 3.5 } (line 7)
            </failure>
                </testcase>
              </testsuite>
            </testsuites>

            """,
            xml);
    }

    [Fact]
    public void A_file_that_cannot_be_read_counts_as_one_failed_test()
    {
        RuleTestReport report = Files.Run("alertengine: tests/v1\nrules: [water.rules.yaml]\n");

        Assert.Equal((0, 1), Sum(report));
        Assert.Contains("<testcase classname=\"t.test.yaml\" name=\"t.test.yaml\" time=\"0\">", JUnitReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("\"code\": \"AE2021\"", JsonReport.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_names_the_place_of_each_failed_expectation()
    {
        string sarif = SarifReport.Render(Files.Run(Test("[ { at: 5m, firing: [] } ]")));

        Assert.Contains("\"ruleId\": \"AE2163\"", sarif, StringComparison.Ordinal);
        Assert.Contains("\"startLine\": 9", sarif, StringComparison.Ordinal);
        Assert.Contains("one: firing at 5m: expected nothing, actual { rule: high, key: WL-1, severity: yellow, route: drainage }", sarif, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("command: silence", "t.test.yaml:9:28 AE2164 命令不完整 / 'silence' needs 'until'; say until when, counted from the start: until: 1h")]
    [InlineData("command: extend, rule: high", "t.test.yaml:9:28 AE2164 命令不完整 / 'extend' needs 'until'; say until when, counted from the start: until: 1h")]
    [InlineData("command: reassign, order: drainage", "t.test.yaml:9:28 AE2164 命令不完整 / 'reassign' needs 'to'; say which unit gets the order: to: UNIT")]
    [InlineData("at: 5m, command: silence, until: 5m", "t.test.yaml:9:52 AE2164 命令不完整 / a silence needs an 'until' later than its 'at'; 'until' counts from the start of the test, not from 'at'")]
    [InlineData("command: acknowledge, until: 5m", "t.test.yaml:9:41 AE2165 命令没有此项 / 'until' does not belong to 'acknowledge'; it belongs to silence, extend")]
    [InlineData("command: close, to: police", "t.test.yaml:9:35 AE2165 命令没有此项 / 'to' does not belong to 'close'; it belongs to reassign")]
    [InlineData("command: unsilence, unit: police", "t.test.yaml:9:39 AE2165 命令没有此项 / 'unit' does not belong to 'unsilence'; it belongs to acknowledge, close, …")]
    [InlineData("command: close, class: fire", "t.test.yaml:9:35 AE2165 命令没有此项 / 'class' does not belong to 'close'; it belongs to silence, unsilence")]
    [InlineData("command: close, rule: hihg", "t.test.yaml:9:41 AE2043 未知的规则 / no rule 'hihg' in the loaded files; did you mean 'high'?")]
    public void A_command_that_can_do_nothing_is_refused_at_its_place_with_advice(string command, string expected)
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, firing: [] } ]").Replace("    expect:", $"    commands: [ {{ {command} }} ]\n    expect:", StringComparison.Ordinal));

        Assert.Equal(expected, Assert.Single(report.Files[0].Diagnostics).ToString());
        Assert.Equal((0, 1), Sum(report));
    }

    [Fact]
    public void An_outage_that_ends_before_it_begins_is_refused()
    {
        RuleTestReport report = Files.Run(Test("[ { at: 5m, firing: [] } ]").Replace("    expect:", "    outage: { from: 5m, until: 5m }\n    expect:", StringComparison.Ordinal));

        Assert.Equal("t.test.yaml:9:32 AE2166 停机时段有误 / the outage ends before it begins", Assert.Single(report.Files[0].Diagnostics).ToString());
    }

    [Fact]
    public void A_failure_tells_of_names_that_nothing_bears_and_of_commands_that_were_refused()
    {
        string test = Test("[ { at: 5m, firing: [ { rule: hihg } ] } ]").Replace("    expect:", "    commands: [ { at: 1m30s, command: verify, rule: high }, { at: 6m, command: close } ]\n    expect:", StringComparison.Ordinal)
            .Replace("- { type: water.level, device: WL-2", "- { type: water.levle, device: WL-2", StringComparison.Ordinal);
        RuleTestReport report = Files.Run(test);

        string text = TextReport.Render(report, isChinese: false);
        Assert.Contains(
            """
                      hint: no rule 'hihg' in the loaded files; did you mean 'high'?
                      hint: no event type 'water.levle' is declared; did you mean 'water.level'?
                      hint: the command verify at 1m30s (line 9) was refused: the order is dispatched; verify is possible while it is resolved
            coverage
            """, text, StringComparison.Ordinal);
        Assert.Contains("提示 没有声明事件类型“water.levle”；是否想写“water.level”？\n", TextReport.Render(report, isChinese: true), StringComparison.Ordinal);
        Assert.Contains("  hint: no rule 'hihg' in the loaded files; did you mean 'high'?\n", JUnitReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("\"zh\": \"所加载的文件中没有规则“hihg”；是否想写“high”？\"", JsonReport.Render(report), StringComparison.Ordinal);
        Assert.Contains("; no rule 'hihg' in the loaded files; did you mean 'high'?", SarifReport.Render(report), StringComparison.Ordinal);
    }

    private static (int Passed, int Failed) Sum(RuleTestReport report) => (report.Passed, report.Failed);
}
