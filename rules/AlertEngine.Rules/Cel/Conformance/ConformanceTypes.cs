namespace AlertEngine.Rules.Cel.Conformance;

/// <summary>Types as the conformance files write them: <c>map(string, list(int))</c>.</summary>
internal static class ConformanceTypes
{
    internal static CelType Parse(string text)
    {
        var at = 0;
        var type = Type(text, ref at);
        return at == text.Length ? type : throw new FormatException($"'{text}' is no type");
    }

    private static CelType Type(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            at++;
        var name = text[start..at];
        var parameters = new List<CelType>();
        if (at < text.Length && text[at] == '(')
        {
            do
            {
                at++;
                while (at < text.Length && text[at] == ' ')
                    at++;
                parameters.Add(Type(text, ref at));
            }
            while (at < text.Length && text[at] == ',');
            if (at >= text.Length || text[at++] != ')')
                throw new FormatException($"'{text}' is no type");
        }
        return name.Length == 0 ? throw new FormatException($"'{text}' is no type") : CelType.Named(name, [.. parameters]);
    }
}
