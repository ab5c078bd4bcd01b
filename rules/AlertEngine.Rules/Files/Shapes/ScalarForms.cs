using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>What is wrong with a scalar.</summary>
/// <param name="Code">The code.</param>
/// <param name="Wanted">What is wanted, in English.</param>
/// <param name="Near">The word that was probably meant.</param>
internal readonly record struct ScalarFault(DiagnosticCode Code, string Wanted, string? Near = null);

/// <summary>The forms of single values.</summary>
internal static partial class ScalarForms
{
    internal static ScalarFault? Fault(Shape shape, YamlScalar scalar) => shape switch
    {
        TextShape { Words.IsDefaultOrEmpty: false } text => WordFault(text.Words, scalar.Value),
        TextShape text => Fault(text.Kind, scalar.Value),
        BoolShape => CoreSchema.Bool(scalar) is null ? BoolFault(scalar) : null,
        NumberShape number => NumberFault(number, scalar),
        OperandShape operand => OperandFault(operand, scalar),
        _ => null,
    };

    internal static ScalarFault? Fault(TextKind kind, string text) => kind switch
    {
        TextKind.KebabId when !Kebab().IsMatch(text) => new(FileCodes.BadId, $"'{text}' is not lower-case-with-hyphens"),
        TextKind.Identifier when !Name().IsMatch(text) => new(FileCodes.BadName, "write letters, digits and underscores, a letter first"),
        TextKind.Duration when DurationText.Parse(text) is null => new(FileCodes.NotDuration, $"'{text}' is not a duration such as 10m"),
        TextKind.Limit when LimitText.Parse(text) is null => new(FileCodes.NotLimit, $"'{text}' is not a limit such as 2h, 4wh or 1wd"),
        TextKind.Date when !LocalDatePattern.Iso.Parse(text).Success => new(FileCodes.NotDate, $"'{text}' is not a date such as 2026-10-01"),
        TextKind.Instant when !OffsetDateTimePattern.Rfc3339.Parse(text).Success => new(FileCodes.NotDate, $"'{text}' is not an instant such as 2026-07-01T08:00:00+08:00"),
        TextKind.MonthDay when !AnnualDatePattern.Iso.Parse(text).Success => new(FileCodes.NotDate, $"'{text}' is not a day of the year such as 05-01"),
        TextKind.Hours when !Hours().IsMatch(text) => new(FileCodes.NotDate, $"'{text}' is not a time of day such as 09:00-17:30"),
        TextKind.Distance when DistanceMeters(text) is null => new(FileCodes.NotDistance, $"'{text}' is not a distance such as 200m"),
        TextKind.Pointer when !Pointer().IsMatch(text) => new(FileCodes.BadPointer, $"'{text}' is not a JSON pointer such as /observation/result"),
        _ => null,
    };

    /// <summary>A distance in meters, or null.</summary>
    internal static double? DistanceMeters(string text)
    {
        double factor = text.EndsWith("km", StringComparison.Ordinal) ? 1_000 : 1;
        string number = text.EndsWith("km", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('m') ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount) && amount * factor <= 1_000_000 ? amount * factor : null;
    }

    /// <summary>Whether an operand is an expression over params rather than a constant.</summary>
    internal static bool IsConstant(OperandShape operand, YamlScalar scalar) => operand.Kind switch
    {
        TextKind.Duration => DurationText.Parse(scalar.Value) is not null,
        TextKind.Distance => DistanceMeters(scalar.Value) is not null,
        _ => CoreSchema.Number(scalar) is not null,
    };

    private static ScalarFault? WordFault(ImmutableArray<string> words, string text) =>
        words.Contains(text) ? null : new(FileCodes.NotAWord, $"'{text}' is not one of {string.Join(", ", words)}", Suggestion.Nearest(text, words));

    private static ScalarFault BoolFault(YamlScalar scalar) => scalar.Value.ToLowerInvariant() switch
    {
        "yes" or "on" or "y" => new(FileCodes.NotBool, $"'{scalar.Value}' is a text in YAML 1.2", "true"),
        "no" or "off" or "n" => new(FileCodes.NotBool, $"'{scalar.Value}' is a text in YAML 1.2", "false"),
        _ => new(FileCodes.NotBool, $"'{scalar.Value}' is neither true nor false"),
    };

    private static ScalarFault? NumberFault(NumberShape shape, YamlScalar scalar)
    {
        if (CoreSchema.Number(scalar) is not { } value)
            return new(FileCodes.NotNumber, $"'{scalar.Value}' is not a number");
        if (shape.IsInteger && CoreSchema.Integer(scalar) is null)
            return new(FileCodes.NotNumber, $"'{scalar.Value}' is not a whole number");
        return RangeFault(value, shape.Minimum, shape.Maximum, scalar.Value);
    }

    private static ScalarFault? OperandFault(OperandShape shape, YamlScalar scalar)
    {
        if (IsConstant(shape, scalar))
            return CoreSchema.Number(scalar) is { } value ? OperandNumberFault(shape, scalar, value) : null;
        return scalar.Value.Contains("params", StringComparison.Ordinal) ? null : ConstantFault(shape, scalar.Value);
    }

    private static ScalarFault? OperandNumberFault(OperandShape shape, YamlScalar scalar, double value) =>
        shape.IsInteger && CoreSchema.Integer(scalar) is null
            ? new(FileCodes.NotNumber, $"'{scalar.Value}' is not a whole number")
            : RangeFault(value, shape.Minimum, null, scalar.Value);

    private static ScalarFault ConstantFault(OperandShape shape, string text) =>
        Fault(shape.Kind, text) ?? new(FileCodes.NotNumber, $"'{text}' is neither a number nor an expression over params");

    private static ScalarFault? RangeFault(double value, double? minimum, double? maximum, string text)
    {
        if (value < minimum)
            return new(FileCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{text} is less than {minimum}"));
        return value > maximum ? new(FileCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{text} is more than {maximum}")) : null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kebab();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hours();

    [GeneratedRegex(@"\A(/([^~/]|~[01])*)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pointer();
}
