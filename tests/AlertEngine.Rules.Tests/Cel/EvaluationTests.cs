using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>What expressions evaluate to, where the conformance tests do not go: records, macros of rule files, limits, formats, functions of the embedder.</summary>
public sealed class EvaluationTests
{
    [Theory]
    [InlineData("event.level_m > 3.2 && event.count < 100", "true")]
    [InlineData("macros.high", "true")]
    [InlineData("macros.per_m(event) > 3.0", "true")]
    [InlineData("[1, 2].exists(event, event == 2) && macros.high", "true")]
    [InlineData("event.time.getMonth('Asia/Shanghai') + 1 in lists.months", "true")]
    [InlineData("event.time.getHours('+08:00')", "8")]
    [InlineData("has(event.quality)", "false")]
    [InlineData("event.?quality.orValue('none')", "'none'")]
    [InlineData("event.quality == 'good'", "error: no such field 'event.quality'")]
    [InlineData("event.quality == 'good' || event.count == 12", "true")]
    [InlineData("event.quality == 'good' && event.count == 13", "false")]
    [InlineData("event.tags.exists(t, t.startsWith('pu')) ? 'pump' : 'none'", "'pump'")]
    [InlineData("9223372036854775807 + event.count", "error: integer overflow")]
    [InlineData("event.count / 0", "error: division by zero")]
    [InlineData("event.tags[2]", "error: index out of range")]
    [InlineData("'水位🐱'.size()", "3")]
    [InlineData("'🐱' > '\\uFFFD'", "true")]
    [InlineData("'水🐱位'.matches('^.{3}$')", "true")]
    [InlineData("'١'.matches('\\\\d')", "false")]
    [InlineData("'Straße 12'.matches('(?i)STRASSE|straße \\\\d+')", "true")]
    [InlineData("'苏A·0119'.matches('^\\\\p{Han}[A-Z]·[[:digit:]]{4}$')", "true")]
    [InlineData("duration('65m') + duration('1.5s')", "1h5m1.5s")]
    [InlineData("cel.bind(x, 1 / 0, true)", "true")]
    [InlineData("{'a': 1, 'b': 2}.transformMapEntry(k, v, {v: k})", "{1: 'a', 2: 'b'}")]
    public void An_expression_has_one_value_in_both_forms(string source, string expected) => Assert.Equal(expected, CelSample.Value(source));

    [Fact]
    public void A_missing_field_is_neither_true_nor_false()
    {
        var condition = CelSample.Compiled("event.quality == 'good'").ToCondition();
        Assert.False(condition.IsTrue(CelSample.Frame()));
        Assert.False(condition.IsFalse(CelSample.Frame()));
    }

    [Fact]
    public void An_absent_record_is_a_record_of_missing_fields()
    {
        var frame = CelSample.Environment.CreateFrame();
        Assert.False(CelSample.Compiled("event.level_m > 1.0").ToCondition().IsTrue(frame));
        Assert.False(CelSample.Compiled("has(event.level_m)").ToCondition().IsTrue(frame));
        Assert.True(CelSample.Compiled("has(event.level_m)").ToCondition().IsFalse(frame));
    }

    [Fact]
    public void A_position_has_latitude_and_longitude()
    {
        var frame = CelSample.Frame();
        frame.Records[0][7] = new GeoPoint(32.06, 118.78).ToValue();
        Assert.True(CelSample.Compiled("event.geo.lat > 32.0 && event.geo.lon < 119.0").ToCondition().IsTrue(frame));
    }

    [Fact]
    public void A_function_of_the_embedder_may_read_the_frame()
    {
        var environment = CelSample.Environment
            .DeclareFunction("geo.near", CelOverload.Function([CelType.String, CelType.Double], CelType.Bool, (frame, arguments) => CelValue.Of(frame.Records[0][0].AsDouble > arguments[1].AsDouble)))
            .DeclareFunction("local.hour", CelOverload.Function(CelType.Timestamp, CelType.Int, time => CelValue.Of((long)time.AsInstant!.Value.InUtc().Hour)));
        var expression = environment.Compile("geo.near('cemetery', 3.0) && local.hour(event.time) == 0").Expression!;
        Assert.True(expression.ToCondition().IsTrue(CelSample.Frame()));
        Assert.True(expression.Interpret(CelSample.Frame()).AsBool);
    }

    [Fact]
    public void A_loop_over_dynamic_data_ends_when_its_budget_is_spent()
    {
        var environment = CelEnvironment.Standard.Declare("x", CelType.Dyn).WithLimits(new CelLimits { AssumedSize = 10 });
        var expression = environment.Compile("x.all(a, x.all(b, a + b >= 0))").Expression!;
        var frame = environment.CreateFrame();
        environment.Bind(frame, "x", CelValue.List([.. Enumerable.Range(0, 2_000).Select(i => CelValue.Of((long)i))]));
        Assert.Equal("too many steps", expression.Interpret(frame).AsError!.MessageEn);
        Assert.Equal("too many steps", expression.ToFunction()(frame).AsError!.MessageEn);
    }

    [Fact]
    public void Fields_that_an_expression_reads_are_listed_once()
    {
        var reads = CelSample.Compiled("event.level_m > 3.0 && has(event.quality) && macros.per_m(event) > 1.0").Reads;
        Assert.Equal(["level_m", "quality", "count"], reads.Select(use => use.Field.Name));
    }

    [Fact]
    public void Comparisons_that_must_hold_are_listed_for_the_index()
    {
        var tests = CelSample.Compiled("event.level_m > 3.2 && 100 >= event.count && event.district in ['a'] && (event.count == 1 || event.count == 2)").RequiredTests();
        Assert.Equal(["level_m Greater 3.2", "count LessOrEqual 100", "district In ['a']"], tests.Select(test => $"{test.Field.Name} {test.Operator} {CelFormat.Literal(test.Constant)}"));
    }

    [Fact]
    public void An_explanation_tells_the_value_of_every_part()
    {
        var explanation = CelSample.Compiled("event.level_m > 3.6 && event.count < 100").Explain(CelSample.Frame());
        Assert.Equal(
            ["event.level_m > 3.6 && event.count < 100 = false", "event.level_m > 3.6 = false", "event.level_m = 3.5", "event.count < 100 = (not evaluated)", "event.count = (not evaluated)"],
            explanation.Parts.Select(part => part.ToString()));
    }

    [Fact]
    public void A_constant_expression_knows_its_value()
    {
        Assert.Equal("3", CelFormat.Literal(CelSample.Compiled("1 + 2").ConstantValue!.Value));
        Assert.Null(CelSample.Compiled("event.count + 2").ConstantValue);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(600, "10m")]
    [InlineData(3900, "1h5m")]
    [InlineData(-5, "-5s")]
    [InlineData(90000, "25h")]
    public void Durations_are_written_as_in_rule_files(int seconds, string expected) => Assert.Equal(expected, CelFormat.Span(Duration.FromSeconds(seconds)));
}
