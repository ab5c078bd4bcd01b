using System.Diagnostics;
using AlertEngine.Rules.Cel;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>What is said about expressions that cannot be used: the exact words, the place, the fix.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("event.levle_m > 3.2", "6+7 AE1023 no field 'levle_m' on water.level; did you mean 'level_m' (m)?")]
    [InlineData("evnt.level_m > 3.2", "0+4 AE1020 unknown name 'evnt'; did you mean 'event'?")]
    [InlineData("event.level_m > 3", "16+1 AE1027 3 is an int, the other side is a double; write 3.0")]
    [InlineData("event.level_m * event.count > 3.0", "16+11 AE1027 this is an int, the other side is a double; write double(…) around it")]
    [InlineData("event.count > 3 && event.district == '3'，true", "40+1 AE1003 full-width '，'; write ','")]
    [InlineData("size（event.tags) > 1", "4+1 AE1003 full-width '（'; write '('")]
    [InlineData("event.district == ＂320106＂", "18+1 AE1003 full-width '＂'; write '\"'")]
    [InlineData("event.district == 鼓楼", "18+2 AE1007 text '鼓楼' without quotes; write '鼓楼' in quotes")]
    [InlineData("event.district == gulou", "18+5 AE1007 text 'gulou' without quotes; write 'gulou' in quotes")]
    [InlineData("event.district in [gulou, xuanwu]", "19+5 AE1007 text 'gulou' without quotes; write 'gulou' in quotes")]
    [InlineData("event.count = 3", "12+1 AE1001 '=' compares nothing; write '=='")]
    [InlineData("event.count > 3 & true", "16+1 AE1001 '&' is no operator; write '&&'")]
    [InlineData("event.district.startWith('32')", "15+9 AE1021 unknown function 'startWith'; did you mean 'startsWith'?")]
    [InlineData("math.flor(1.5)", "0+9 AE1021 unknown function 'math.flor'; did you mean 'math.floor'?")]
    [InlineData("event", "0+5 AE1026 'event' is a record, not a value: name one of its fields; for example event.level_m")]
    [InlineData("event.district + 1", "0+18 AE1022 no such operation: string + int")]
    [InlineData("event.count && true", "0+11 AE1022 '&&' wants a bool, this is int")]
    [InlineData("event.count > ", "14+0 AE1004 expected a value, a name or '(', found the end")]
    [InlineData("(event.count > 3", "16+0 AE1004 expected ')', found the end")]
    [InlineData("event.tags.all(1, true)", "15+1 AE1005 all() wants a variable name here")]
    [InlineData("has(event)", "0+10 AE1005 has() asks for a field: has(event.field)")]
    [InlineData("event.count.all(x, x)", "0+11 AE1032 this is int, neither list nor map")]
    [InlineData("event.time > 10m", "13+3 AE1002 '10m' is no number; write duration('10m')")]
    [InlineData("duration('10 minutes') > duration('1s')", "9+12 AE1030 '10 minutes' is no duration; for example duration('1h30m')")]
    [InlineData("event.district.matches('(a')", "23+4 AE1031 '(a': a ')' is missing")]
    [InlineData("event.district.matches('\\\\bWL')", "23+7 AE1031 '\\bWL': word boundaries (\\b) are not supported")]
    [InlineData("for > 1", "0+3 AE1006 'for' is a reserved word")]
    [InlineData("'abc", "0+4 AE1002 the text has no closing quote")]
    [InlineData("99999999999999999999", "0+20 AE1002 the integer does not fit in 64 bits")]
    [InlineData("Event{level: 1}", "5+1 AE1008 protobuf messages are not part of this language")]
    [InlineData("macros.per_m(event, event) > 1.0", "0+26 AE1028 macro 'macros.per_m' takes 1 arguments, not 2")]
    [InlineData("true && macros.wrong", "8+12 AE1023 in macro 'macros.wrong': no field 'levle_m' on water.level; did you mean 'level_m' (m)?")]
    public void The_first_error_is_reported_with_its_place_and_fix(string source, string expected) => Assert.Equal(expected, CelSample.Refusal(source));

    [Fact]
    public void A_condition_has_to_be_a_bool() =>
        Assert.Equal("0+13 AE1025 the expression gives double, bool is wanted here", CelSample.Refusal("event.level_m", CelType.Bool));

    [Fact]
    public void The_message_is_there_in_Chinese_too()
    {
        var finding = CelSample.Environment.Compile("event.levle_m > 3.2").Error!;
        Assert.Equal("AE1023 water.level 没有字段 'levle_m' / no field 'levle_m' on water.level; did you mean 'level_m' (m)?", finding.ToString());
        Assert.Equal("是否想写 'level_m' (m)？", finding.FixZh);
        Assert.Equal("level_m", finding.Replacement);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('!')]
    [InlineData('-')]
    public void A_source_nested_100_000_deep_is_refused(char open)
    {
        var environment = CelSample.Environment.WithLimits(new CelLimits { SourceLength = 1_000_000 });
        Assert.NotNull(environment.Compile(new string(open, 100_000)).Error);
        Assert.NotNull(environment.Compile(new string(open, 100_000) + "1").Error);
    }

    [Fact]
    public void A_chain_of_dots_is_refused_where_it_passes_the_depth() =>
        Assert.StartsWith("AE1061", CelSample.Environment.Compile("event" + string.Concat(Enumerable.Repeat(".a", 1_000))).Error!.Code, StringComparison.Ordinal);

    [Fact]
    public void A_chain_of_a_thousand_conditions_is_fine()
    {
        var source = string.Join(" || ", Enumerable.Range(0, 1_000).Select(i => $"event.count == {i + 100}"));
        Assert.Equal("false", CelSample.Value(source));
    }

    [Fact]
    public void A_source_beyond_the_limit_is_refused() =>
        Assert.Equal("65536+0 AE1060 the expression has 70001 characters, the limit is 65536", CelSample.Refusal("1" + new string(' ', 70_000)));

    [Fact]
    public void Nested_loops_over_lists_of_unknown_size_are_refused_by_their_cost() =>
        Assert.StartsWith("0+", CelSample.Refusal("event.tags.all(a, event.tags.all(b, event.tags.all(c, event.tags.all(d, a + b != c + d))))"), StringComparison.Ordinal);

    [Fact]
    public void A_macro_that_doubles_itself_is_refused_by_its_size()
    {
        var environment = CelSample.Environment.DeclareMacro("m0", ["x"], "x + x");
        for (var i = 1; i < 40; i++)
            environment = environment.DeclareMacro($"m{i}", ["x"], $"m{i - 1}(x) + m{i - 1}(x)");
        var watch = Stopwatch.StartNew();
        Assert.Equal("AE1062", environment.Compile("m39(event.count) > 1").Error!.Code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_macro_that_uses_itself_is_refused() =>
        Assert.Equal("AE1033", CelSample.Environment.DeclareMacro("again", [], "again && true").Compile("again").Error!.Code);

    [Fact]
    public void Every_code_is_listed_once_and_in_range()
    {
        Assert.Equal(CelCodes.All.Length, CelCodes.All.Select(code => code.Code).Distinct().Count());
        Assert.All(CelCodes.All, code => Assert.Matches("^AE1[01][0-9][0-9]$", code.Code));
    }

    [Fact]
    public void The_caret_is_aligned_under_wide_characters()
    {
        var finding = CelSample.Environment.Compile("'水位' == event.levle_m").Error!;
        Assert.Equal("  | '水位' == event.levle_m\n  |                 ^~~~~~~", string.Join('\n', CelCaret.Show("'水位' == event.levle_m", finding).Split('\n')[1..]));
    }
}
