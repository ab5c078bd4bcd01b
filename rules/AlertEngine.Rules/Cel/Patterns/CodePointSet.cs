using System.Globalization;
using System.Text;

namespace AlertEngine.Rules.Cel.Patterns;

/// <summary>
/// A set of code points as sorted, disjoint ranges, and its text as a .NET pattern over UTF-16: one class for the basic plane and an
/// alternative for every run of surrogate pairs.
/// </summary>
internal sealed class CodePointSet
{
    internal const int Last = 0x10FFFF;

    private readonly List<(int From, int To)> _ranges;

    private CodePointSet(List<(int From, int To)> ranges) => _ranges = ranges;

    internal IReadOnlyList<(int From, int To)> Ranges => _ranges;

    internal static CodePointSet Of(params IEnumerable<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>();
        foreach (var range in ranges.Order())
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, range.To));
            else
                merged.Add(range);
        }
        return new CodePointSet(merged);
    }

    internal CodePointSet Complement()
    {
        var gaps = new List<(int From, int To)>();
        var next = 0;
        foreach (var (from, to) in _ranges)
        {
            if (from > next)
                gaps.Add((next, from - 1));
            next = to + 1;
        }
        if (next <= Last)
            gaps.Add((next, Last));
        return new CodePointSet(gaps);
    }

    internal CodePointSet With(CodePointSet other) => Of(_ranges.Concat(other._ranges));

    internal string ToPattern()
    {
        var alternatives = new List<string>();
        var basic = new StringBuilder();
        foreach (var (from, to) in _ranges)
        {
            AppendBasic(basic, from, Math.Min(to, 0xD7FF));
            AppendBasic(basic, Math.Max(from, 0xE000), Math.Min(to, 0xFFFF));
            AddPairs(alternatives, Math.Max(from, 0x10000), to);
        }
        if (basic.Length > 0)
            alternatives.Insert(0, $"[{basic}]");
        // Nothing at all: a class that no UTF-16 unit is in.
        return alternatives.Count switch { 0 => @"[^\u0000-\uFFFF]", 1 when basic.Length > 0 => alternatives[0], _ => $"(?:{string.Join('|', alternatives)})" };
    }

    private static void AppendBasic(StringBuilder basic, int from, int to)
    {
        if (from <= to)
            basic.Append(from == to ? Unit(from) : $"{Unit(from)}-{Unit(to)}");
    }

    // A range of supplementary code points: a part of the first high surrogate's, whole ones, a part of the last one's.
    private static void AddPairs(List<string> alternatives, int from, int to)
    {
        while (from <= to)
        {
            var (high, low) = Surrogates(from);
            var lastOfHigh = from | 0x3FF;
            if (low == 0xDC00 && lastOfHigh <= to)
            {
                var lastHigh = Surrogates(((to + 1) & ~0x3FF) - 1).High;
                alternatives.Add($"[{Unit(high)}-{Unit(lastHigh)}][\\uDC00-\\uDFFF]");
                from = ((to + 1) & ~0x3FF);
                continue;
            }
            var end = Math.Min(to, lastOfHigh);
            alternatives.Add($"{Unit(high)}[{Unit(low)}-{Unit(Surrogates(end).Low)}]");
            from = end + 1;
        }
    }

    private static (int High, int Low) Surrogates(int codePoint) => (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static string Unit(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
