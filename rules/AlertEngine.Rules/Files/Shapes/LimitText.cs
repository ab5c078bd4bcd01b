using System.Globalization;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>Limits of an SLA: <c>10m</c> elapsed (时), <c>1wh</c> work hours (工作时), <c>1wd</c> workdays (工作日).</summary>
public static class LimitText
{
    /// <summary>The limit that a text means, or null.</summary>
    public static SlaLimit? Parse(string text)
    {
        if (text.EndsWith("wh", StringComparison.Ordinal))
            return Amount(text[..^2]) is { } hours ? new SlaLimit(Duration.FromHours(hours), SlaUnit.WorkHours) : null;
        if (text.EndsWith("wd", StringComparison.Ordinal))
            return Amount(text[..^2]) is { } days && days == Math.Floor(days) ? new SlaLimit(Duration.FromDays(days), SlaUnit.Workdays) : null;
        return DurationText.Parse(text) is { } elapsed ? new SlaLimit(elapsed, SlaUnit.Hours) : null;
    }

    private static double? Amount(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount) && amount is > 0 and <= 10_000 ? amount : null;
}
