using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>The key of an event for one source of a rule. Pure.</summary>
internal static class KeyReader
{
    private const char PartSeparator = '|';

    /// <summary>The key; null where it meets an error, so that the event is skipped and counted.</summary>
    public static string? Read(CompiledRule rule, int source, EventRecord @event, CelFrame frame)
    {
        if (rule.KeyIsDevice[source])
            return @event.Device;
        ImmutableArray<CelFunction> parts = rule.Keys[source];
        return parts.Length == 1 ? Text(parts[0](frame)) : Join(parts, frame);
    }

    private static string? Join(ImmutableArray<CelFunction> parts, CelFrame frame)
    {
        var key = new StringBuilder();
        for (int i = 0; i < parts.Length; i++)
        {
            if (Text(parts[i](frame)) is not { } text)
                return null;
            if (i != 0)
                key.Append(PartSeparator);
            key.Append(text);
        }

        return key.ToString();
    }

    private static string? Text(CelValue value) =>
        value.AsString ?? (!value.IsPresent || value.Kind == CelKind.Error ? null : CelFormat.Text(value));
}
