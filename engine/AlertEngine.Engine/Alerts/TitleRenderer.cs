using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>Renders titles from the frame at opening and at every revision. Pure.</summary>
public static class TitleRenderer
{
    /// <summary>What stands in place of a value that may not be seen.</summary>
    public const string Mask = "***";

    /// <summary>What stands in place of a value that is missing.</summary>
    public const string Unknown = "?";

    /// <summary>The title in both languages.</summary>
    public static LocalText Render(TitlePlan title, CelFrame frame) => new(Render(title.Zh, frame), Render(title.En, frame));

    private static string Render(ImmutableArray<TitlePart> parts, CelFrame frame)
    {
        if (parts.Length == 1 && parts[0].Literal is { } whole)
            return whole;
        var text = new StringBuilder();
        foreach (TitlePart part in parts)
            text.Append(part.Literal ?? (part.IsSensitive ? Mask : Value(part, frame)));
        return text.ToString();
    }

    private static string Value(TitlePart part, CelFrame frame)
    {
        CelValue value = part.Value!(frame);
        if (!value.IsPresent || value.Kind == CelKind.Error)
            return Unknown;
        return part.Format is not null && (value.IsDouble || value.IsInt)
            ? Number(value).ToString(part.Format, CultureInfo.InvariantCulture)
            : CelFormat.Text(value);
    }

    private static double Number(CelValue value) => value.IsDouble ? value.AsDouble : value.AsInt;
}
