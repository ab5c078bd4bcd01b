namespace AlertEngine.Rules.Cel.Library;

/// <summary>The standard functions on texts.</summary>
internal static class Texts
{
    internal static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    internal static bool StartsWith(string text, string part) => text.StartsWith(part, StringComparison.Ordinal);

    internal static bool EndsWith(string text, string part) => text.EndsWith(part, StringComparison.Ordinal);

    internal static CelValue ContainsValue(CelValue text, CelValue part) => CelValue.Of(Contains(text.AsString!, part.AsString!));

    internal static CelValue StartsWithValue(CelValue text, CelValue part) => CelValue.Of(StartsWith(text.AsString!, part.AsString!));

    internal static CelValue EndsWithValue(CelValue text, CelValue part) => CelValue.Of(EndsWith(text.AsString!, part.AsString!));

    internal static CelValue Matches(CelValue text, CelValue pattern)
    {
        var compiled = CelPattern.Compile(pattern.AsString!);
        return compiled.Error is { } fault ? CelErrors.BadArgument(fault.En, fault.Zh) : CelValue.Of(compiled.IsMatch(text.AsString!));
    }
}
