using AlertEngine.Rules.Cel;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>The schema of these tests, and short ways to ask for a value or a finding.</summary>
internal static class CelSample
{
    internal static readonly CelRecordType Event = new("water.level", 0,
    [
        new("level_m", CelType.Double, 0) { Unit = "m", Minimum = -5, Maximum = 30 },
        new("quality", CelType.String, 1, true),
        new("count", CelType.Int, 2) { Unit = "person" },
        new("district", CelType.String, 3),
        new("time", CelType.Timestamp, 4),
        new("tags", CelType.List(CelType.String), 5),
        new("rain_mm", CelType.Double, 6) { Unit = "mm" },
        new("geo", CelType.Geo, 7, true),
    ]);

    internal static readonly CelEnvironment Environment = CelEnvironment.Standard
        .Declare("event", CelType.Of(Event))
        .DeclareConstant("lists.months", CelType.List(CelType.Int), CelValue.List(CelValue.Of(5L), CelValue.Of(6L), CelValue.Of(7L)))
        .DeclareMacro("macros.per_m", ["e"], "double(e.count) / e.level_m")
        .DeclareMacro("macros.high", [], "event.level_m > 3.2")
        .DeclareMacro("macros.wrong", [], "event.levle_m > 3.2");

    /// <summary>3.5 m, no quality, 12 persons, district 320106, 2026-07-01T08:00+08:00.</summary>
    internal static CelFrame Frame()
    {
        var frame = Environment.CreateFrame();
        frame.Records[0] =
        [
            CelValue.Of(3.5), CelValue.Missing, CelValue.Of(12L), CelValue.Of("320106"), CelValue.Of(Instant.FromUtc(2026, 7, 1, 0, 0)),
            CelValue.List(["pump", "gate"]), CelValue.Of(4.0), CelValue.Missing,
        ];
        return frame;
    }

    internal static CelExpression Compiled(string source)
    {
        var compilation = Environment.Compile(source);
        Assert.True(compilation.Expression is not null, $"{source}: {compilation.Error}");
        return compilation.Expression;
    }

    /// <summary>The value as text, the same in both forms.</summary>
    internal static string Value(string source)
    {
        var expression = Compiled(source);
        var compiled = CelFormat.Literal(expression.ToFunction()(Frame()));
        Assert.Equal(CelFormat.Literal(expression.Interpret(Frame())), compiled);
        return compiled;
    }

    /// <summary>The error as <c>start+length code message; fix</c>.</summary>
    internal static string Refusal(string source, CelType? expected = null)
    {
        var finding = Environment.Compile(source, expected).Error;
        Assert.True(finding is not null, $"{source} was accepted");
        return Text(finding);
    }

    /// <summary>The warnings, in the same way.</summary>
    internal static string[] Warnings(string source) => [.. Environment.Compile(source).Diagnostics.Select(Text)];

    private static string Text(CelDiagnostic finding) => $"{finding.Start}+{finding.Length} {finding.Code} {finding.MessageEn}{(finding.FixEn is null ? "" : "; " + finding.FixEn)}";
}
