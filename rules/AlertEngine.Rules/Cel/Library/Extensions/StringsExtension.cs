using System.Text;

namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>The strings extension. Positions count code points; a position outside the text is an error.</summary>
internal static class StringsExtension
{
    internal static IEnumerable<CelFunctionDeclaration> Functions()
    {
        var (text, number, texts) = (CelType.String, CelType.Int, CelTypes.ListOfString);
        yield return new("charAt", CelOverload.Function(text, number, text, CharAt).AsMember());
        yield return new("indexOf",
            CelOverload.Function(text, text, number, (value, part) => IndexOf(value, part, CelValue.Of(0L))).AsMember(),
            CelOverload.Function(text, text, number, number, IndexOf).AsMember());
        yield return new("lastIndexOf",
            CelOverload.Function(text, text, number, (value, part) => LastIndexOf(value, part, Collections.SizeOfText(value))).AsMember(),
            CelOverload.Function(text, text, number, number, LastIndexOf).AsMember());
        yield return new("lowerAscii", CelOverload.Function(text, text, value => Mapped(value, char.IsAsciiLetterUpper, 32)).AsMember());
        yield return new("upperAscii", CelOverload.Function(text, text, value => Mapped(value, char.IsAsciiLetterLower, -32)).AsMember());
        yield return new("replace",
            CelOverload.Function(text, text, text, text, (value, old, now) => Replace(value.AsString!, old.AsString!, now.AsString!, -1)).AsMember(),
            CelOverload.Constant([text, text, text, number], text, (_, a) => Replace(a[0].AsString!, a[1].AsString!, a[2].AsString!, a[3].AsInt)).AsMember());
        yield return new("split",
            CelOverload.Function(text, text, texts, (value, separator) => Split(value.AsString!, separator.AsString!, -1)).AsMember(),
            CelOverload.Function(text, text, number, texts, (value, separator, limit) => Split(value.AsString!, separator.AsString!, limit.AsInt)).AsMember());
        yield return new("substring",
            CelOverload.Function(text, number, text, (value, from) => Substring(value, from, Collections.SizeOfText(value))).AsMember(),
            CelOverload.Function(text, number, number, text, Substring).AsMember());
        yield return new("trim", CelOverload.Function(text, text, value => CelValue.Of(value.AsString!.Trim())).AsMember());
        yield return new("reverse", CelOverload.Function(text, text, Reverse).AsMember());
        yield return new("join",
            CelOverload.Function(texts, text, list => Join(list, CelValue.Of(""))).AsMember(), CelOverload.Function(texts, text, text, Join).AsMember());
        yield return new("strings.quote", CelOverload.Function(text, text, Quote));
        yield return new("format", CelOverload.Function(text, CelTypes.ListOfDyn, text, TextFormat.Format).AsMember());
    }

    private static CelValue CharAt(CelValue value, CelValue position)
    {
        var text = value.AsString!;
        var at = CodePoints.ToUnits(text, position.AsInt);
        if (at < 0)
            return CelErrors.BadIndex;
        return CelValue.Of(at == text.Length ? "" : text.Substring(at, char.IsSurrogatePair(text, at) ? 2 : 1));
    }

    private static CelValue IndexOf(CelValue value, CelValue part, CelValue from)
    {
        var text = value.AsString!;
        var at = CodePoints.ToUnits(text, from.AsInt);
        if (at < 0)
            return CelErrors.BadIndex;
        var found = text.IndexOf(part.AsString!, at, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.FromUnits(text, found));
    }

    // The last occurrence that begins at the position or before it.
    private static CelValue LastIndexOf(CelValue value, CelValue part, CelValue until)
    {
        var (text, sought) = (value.AsString!, part.AsString!);
        var at = CodePoints.ToUnits(text, until.AsInt);
        if (at < 0)
            return CelErrors.BadIndex;
        var end = Math.Min(text.Length, at + sought.Length);
        var found = text.AsSpan(0, end).LastIndexOf(sought, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.FromUnits(text, found));
    }

    private static CelValue Mapped(CelValue value, Func<char, bool> isChanged, int by) =>
        CelValue.Of(string.Create(value.AsString!.Length, (value.AsString, isChanged, by), static (target, state) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = state.isChanged(state.AsString[i]) ? (char)(state.AsString[i] + state.by) : state.AsString[i];
        }));

    private static CelValue Replace(string text, string old, string now, long limit)
    {
        if (limit < 0)
            limit = long.MaxValue;
        // The length is known before anything is built: every replacement takes one occurrence.
        var longest = text.Length + (Math.Min(limit, (text.Length / Math.Max(1, old.Length)) + 1L) * Math.Max(0, now.Length - old.Length));
        if (longest > Collections.MaximumTextLength)
            return CelErrors.TooBig;
        var result = new StringBuilder();
        var at = 0;
        for (; limit > 0; limit--)
        {
            var found = old.Length == 0 ? at : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
                break;
            result.Append(text, at, found - at).Append(now);
            at = found + old.Length;
            if (old.Length > 0)
                continue;
            // An empty text stands before every character and at the end.
            if (at == text.Length)
                break;
            var width = char.IsSurrogatePair(text, at) ? 2 : 1;
            result.Append(text, at, width);
            at += width;
        }
        return CelValue.Of(result.Append(text, at, text.Length - at).ToString());
    }

    private static CelValue Split(string text, string separator, long limit)
    {
        if (limit == 0)
            return CelValue.Of(CelList.Empty);
        var count = limit < 0 || limit > int.MaxValue ? int.MaxValue : (int)limit;
        return CelValue.List(separator.Length == 0 ? Characters(text, count) : text.Split(separator, count));
    }

    private static List<string> Characters(string text, int count)
    {
        var parts = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var width = parts.Count + 1 == count ? text.Length - at : char.IsSurrogatePair(text, at) ? 2 : 1;
            parts.Add(text.Substring(at, width));
            at += width;
        }
        return parts;
    }

    private static CelValue Substring(CelValue value, CelValue from, CelValue until)
    {
        var text = value.AsString!;
        var (start, end) = (CodePoints.ToUnits(text, from.AsInt), CodePoints.ToUnits(text, until.AsInt));
        return start < 0 || end < start ? CelErrors.BadIndex : CelValue.Of(text[start..end]);
    }

    private static CelValue Reverse(CelValue value)
    {
        var text = value.AsString!;
        var result = new StringBuilder(text.Length);
        for (var end = text.Length; end > 0;)
        {
            var width = end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? 2 : 1;
            result.Append(text, end - width, width);
            end -= width;
        }
        return CelValue.Of(result.ToString());
    }

    private static CelValue Join(CelValue list, CelValue separator)
    {
        var length = 0L;
        foreach (var item in list.AsList!)
        {
            if (item.AsString is not { } text)
                return CelErrors.NoSuchOverload;
            length += text.Length + separator.AsString!.Length;
        }
        return length > Collections.MaximumTextLength ? CelErrors.TooBig : CelValue.Of(string.Join(separator.AsString, list.AsList.Select(item => item.AsString)));
    }

    private static CelValue Quote(CelValue value)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in value.AsString!.EnumerateRunes())
        {
            var escape = rune.Value switch
            {
                7 => "\\a", 8 => "\\b", 9 => "\\t", 10 => "\\n", 11 => "\\v", 12 => "\\f", 13 => "\\r", '\\' => "\\\\", '"' => "\\\"",
                _ => null,
            };
            result.Append(escape ?? rune.ToString());
        }
        return CelValue.Of(result.Append('"').ToString());
    }
}
