using System.Globalization;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Cel.Conformance;
using CsCheck;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>
/// The compiled form against the interpreter, over generated expressions and frames. <c>ALERTENGINE_CEL_DIFFERENTIAL</c> raises the number.
/// </summary>
public sealed class DifferentialTests
{
    private static long Count => long.Parse(Environment.GetEnvironmentVariable("ALERTENGINE_CEL_DIFFERENTIAL") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public void Compiled_and_interpreted_give_the_same_value_or_error() =>
        Gen.Select(ExpressionGen.Any, ExpressionGen.Frame).Sample(test => Assert.Null(Disagreement(test.Item1, test.Item2)), iter: Count, threads: 1,
            print: test => test.Item1);

    private static string? Disagreement(string source, CelFrame frame)
    {
        var compilation = ExpressionGen.Environment.Compile(source);
        if (compilation.Expression is not { } expression)
            return $"{compilation.Error}";
        var interpreted = expression.Interpret(frame);
        var compiled = expression.ToFunction()(frame);
        if (!AreSame(interpreted, compiled))
            return $"interpreted {CelFormat.Literal(interpreted)}, compiled {CelFormat.Literal(compiled)}";
        if (expression.Type != CelType.Bool)
            return null;
        var condition = expression.ToCondition();
        return condition.IsTrue(frame) == (interpreted.IsBool && interpreted.AsBool) && condition.IsFalse(frame) == (interpreted.IsBool && !interpreted.AsBool)
            ? null
            : $"interpreted {CelFormat.Literal(interpreted)}, IsTrue {condition.IsTrue(frame)}, IsFalse {condition.IsFalse(frame)}";
    }

    // Of several errors in one expression the two forms may report different ones; that they report one is what counts.
    private static bool AreSame(CelValue interpreted, CelValue compiled) => interpreted.IsError
        ? compiled.IsError
        : !compiled.IsError && ConformanceValues.AreSame(interpreted, compiled);
}
