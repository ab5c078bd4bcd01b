using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Cel;

/// <summary>Values as people read them: in titles, explanations and at the command line.</summary>
public static class CelFormat
{
    // Explanations and titles show values, they do not store them.
    private const int MaximumElements = 32;

    /// <summary>The text of a value: a text as it is, a duration as <c>1h5m</c>, an instant in RFC 3339.</summary>
    public static string Text(CelValue value) => value.AsString ?? Literal(value);

    /// <summary>The same, but texts in quotes: as the value would be written in an expression.</summary>
    public static string Literal(CelValue value) => value.Kind switch
    {
        CelKind.Missing => "missing",
        CelKind.Null => "null",
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => Number(value.AsDouble),
        CelKind.String => Quote(value.AsString!),
        CelKind.Bytes => $"b64'{value.AsBytes}'",
        CelKind.Duration => Span(value.AsDuration!.Value),
        CelKind.Timestamp => InstantPattern.ExtendedIso.Format(value.AsInstant!.Value),
        CelKind.List => ListText(value.AsList!),
        CelKind.Map => MapText(value.AsMap!),
        CelKind.Optional => value.AsOptional!.HasValue ? $"optional({Literal(value.AsOptional.Value)})" : "optional.none",
        CelKind.Error => $"error: {value.AsError!.MessageEn}",
        _ => value.Reference!.ToString()!,
    };

    /// <summary>A double with a point or an exponent, so that it never looks like an integer.</summary>
    public static string Number(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    /// <summary>A duration as rule files write it: <c>10m</c>, <c>1h5m</c>, <c>1.5s</c>, <c>0s</c>; days only as hours.</summary>
    public static string Span(Duration duration)
    {
        if (duration == Duration.Zero)
            return "0s";
        var text = new StringBuilder(duration < Duration.Zero ? "-" : "");
        var rest = duration < Duration.Zero ? -duration : duration;
        var hours = (long)Math.Floor(rest.TotalHours);
        Append(text, hours, "h");
        Append(text, rest.Minutes, "m");
        if (rest.Seconds != 0 || rest.SubsecondNanoseconds != 0)
            text.Append(CultureInfo.InvariantCulture, $"{rest.Seconds}{Fraction(rest.SubsecondNanoseconds)}s");
        return text.ToString();
    }

    private static void Append(StringBuilder text, long count, string unit)
    {
        if (count != 0)
            text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    private static string Fraction(int nanoseconds) =>
        nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static string Quote(string text) => "'" + text.Replace("\\", "\\\\").Replace("'", "\\'").Replace("\n", "\\n") + "'";

    private static string ListText(CelList list) => $"[{string.Join(", ", list.Take(MaximumElements).Select(Literal))}{More(list.Count)}]";

    private static string MapText(CelMap map) =>
        $"{{{string.Join(", ", map.Take(MaximumElements).Select(entry => $"{Literal(entry.Key)}: {Literal(entry.Value)}"))}{More(map.Count)}}}";

    private static string More(int count) => count > MaximumElements ? $", … {count} in all" : "";
}
