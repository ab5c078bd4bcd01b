using System.Globalization;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Types and values as files write them.</summary>
internal static class ValueTypes
{
    public static CelType? Find(string? name) => name switch
    {
        "double" => CelType.Double,
        "int" => CelType.Int,
        "bool" => CelType.Bool,
        "string" => CelType.String,
        "timestamp" => CelType.Timestamp,
        "duration" => CelType.Duration,
        _ => null,
    };

    /// <summary>The type that a value without a stated one has: numbers are doubles, because thresholds are compared with measures.</summary>
    public static CelType Infer(YamlScalar scalar)
    {
        if (CoreSchema.Bool(scalar) is not null)
            return CelType.Bool;
        if (CoreSchema.Number(scalar) is not null)
            return CelType.Double;
        return scalar.Style == YamlStyle.Plain && DurationText.Parse(scalar.Value) is not null ? CelType.Duration : CelType.String;
    }

    /// <summary>The value of a type that a scalar means, or null.</summary>
    public static CelValue? Read(YamlScalar scalar, CelType type)
    {
        if (type == CelType.Double)
            return CoreSchema.Number(scalar) is { } number ? CelValue.Of(number) : null;
        if (type == CelType.Int)
            return CoreSchema.Integer(scalar) is { } integer ? CelValue.Of(integer) : null;
        if (type == CelType.Bool)
            return CoreSchema.Bool(scalar) is { } boolean ? CelValue.Of(boolean) : null;
        if (type == CelType.Duration)
            return DurationText.Parse(scalar.Value) is { } duration ? CelValue.Of(duration) : null;
        return CelValue.Of(scalar.Value);
    }

    /// <summary>A scalar of a list or of a fixture: a boolean, an integer, a double or a text, as YAML's core schema has it.</summary>
    public static (CelType Type, CelValue Value) ReadCore(YamlScalar scalar)
    {
        if (CoreSchema.Bool(scalar) is { } boolean)
            return (CelType.Bool, CelValue.Of(boolean));
        if (CoreSchema.Integer(scalar) is { } integer)
            return (CelType.Int, CelValue.Of(integer));
        return CoreSchema.Number(scalar) is { } number ? (CelType.Double, CelValue.Of(number)) : (CelType.String, CelValue.Of(scalar.Value));
    }

    /// <summary>A value as a number on which ranges are told: durations are seconds.</summary>
    public static double? Measure(CelValue value) =>
        value.IsDouble ? value.AsDouble : value.IsInt ? value.AsInt : value.AsDuration?.TotalSeconds;

    /// <summary>A declared <c>range</c> of numbers or durations; reported where it is reversed.</summary>
    public static (double? Minimum, double? Maximum) Range(RuleFile file, YamlMapping block, DiagnosticBag diagnostics)
    {
        if (block.Find("range") is not YamlSequence { Items: [YamlScalar least, YamlScalar most] } range)
            return (null, null);
        if (block.Text("type") is "string" or "bool" or "timestamp")
        {
            diagnostics.Report(FileCodes.NotNumber, file.Source, range.Span, $"a {block.Text("type")} has no range");
            return (null, null);
        }

        (double? minimum, double? maximum) = (MeasureOf(least), MeasureOf(most));
        if (minimum is null || maximum is null)
            diagnostics.Report(FileCodes.NotNumber, file.Source, (minimum is null ? least : most).Span, "a range is two numbers or two durations");
        else if (minimum > maximum)
            diagnostics.Report(FileCodes.ReversedRange, file.Source, range.Span, string.Create(CultureInfo.InvariantCulture, $"{least.Value} is more than {most.Value}"));
        return (minimum, maximum);
    }

    private static double? MeasureOf(YamlScalar scalar) => CoreSchema.Number(scalar) ?? DurationText.Parse(scalar.Value)?.TotalSeconds;
}
