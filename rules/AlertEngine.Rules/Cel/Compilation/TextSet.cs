using System.Collections.Frozen;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>
/// The constant list of a membership question. Lists in rules are short (districts, kinds, codes that share a prefix): up to
/// <see cref="ShortCount"/> texts are walked, length and last character first, which takes half the time of a frozen set's hash;
/// longer ones are hashed. Immutable and thread-safe.
/// </summary>
internal sealed class TextSet
{
    private const int ShortCount = 6;

    private readonly string[] _texts;
    private readonly FrozenSet<string>? _hashed;

    internal TextSet(IEnumerable<string> texts)
    {
        _texts = [.. texts.Distinct(StringComparer.Ordinal)];
        _hashed = _texts.Length > ShortCount ? _texts.ToFrozenSet(StringComparer.Ordinal) : null;
    }

    internal bool Contains(string text)
    {
        if (_hashed is not null)
            return _hashed.Contains(text);
        foreach (string candidate in _texts)
        {
            if (candidate.Length == text.Length && (text.Length == 0 || candidate[^1] == text[^1]) && string.Equals(candidate, text))
                return true;
        }

        return false;
    }
}
