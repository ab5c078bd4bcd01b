using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Keeps the values of sensitive fields out of what people read of a refused event. Where the bytes can be read, each such value becomes
/// <c>"***"</c>; where they cannot and a sensitive name occurs in them, or may hide behind an escape, nothing is shown at all. Not thread-safe.
/// </summary>
internal sealed class SensitiveMask
{
    private const int MaxDepth = 64;

    private static readonly ulong TypeKey = ByteKey.Of("type"u8);
    private static readonly ulong DataKey = ByteKey.Of("data"u8);

    private readonly FrozenDictionary<string, FieldNode> _sensitiveByType;
    private readonly ImmutableArray<byte[]> _names;
    private readonly MemberNames _memberNames = new();
    private readonly List<(int From, int To)> _spans = [];

    internal SensitiveMask(RuleSet rules)
    {
        _sensitiveByType = rules.Layouts.Values
            .Where(layout => layout.Fields.Any(field => field.IsSensitive))
            .ToFrozenDictionary(layout => layout.Type, SensitiveFields, StringComparer.Ordinal);
        _names = [.. rules.Layouts.Values.SelectMany(layout => layout.Fields).Where(field => field.IsSensitive).Select(field => field.Path[^1]).Distinct().Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The bytes as they may be shown; null: they may not.</summary>
    internal byte[]? Apply(ReadOnlySpan<byte> value)
    {
        if (_names.IsEmpty)
            return value.ToArray();
        _spans.Clear();
        return TryFind(value) ? Masked(value) : MentionsAny(value) ? null : value.ToArray();
    }

    private static FieldNode SensitiveFields(EventLayout layout) =>
        FieldNode.Of(new EventLayout(layout.Type, layout.Record, [.. layout.Fields.Where(field => field.IsSensitive)]));

    private bool MentionsAny(ReadOnlySpan<byte> value)
    {
        foreach (byte[] name in _names)
        {
            if (value.IndexOf(name) >= 0)
                return true;
        }

        return value.IndexOf("\\u"u8) >= 0;
    }

    /// <summary>Finds the values to hide. False where the bytes cannot be read.</summary>
    private bool TryFind(ReadOnlySpan<byte> value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value))
            return false;
        string type = "";
        var json = new JsonScanner(value, _memberNames, MaxDepth);
        if (json.Peek() != '{' || !json.EnterObject(out OpenObject opened))
            return false;
        (int From, int To) data = default;
        while (json.NextMember(ref opened, out _, out ulong key))
        {
            bool isType = key == TypeKey && json.Peek() == '"';
            json.Peek();
            int from = json.Position;
            if (!json.SkipValue())
                return false;
            if (isType)
                type = JsonEscapes.ToText(value[(from + 1)..(json.Position - 1)]);
            else if (key == DataKey)
                data = (from, json.Position);
        }

        if (json.Fault != JsonFault.None || !json.AtEnd())
            return false;
        if (data.To == 0 || !_sensitiveByType.TryGetValue(type, out FieldNode? fields))
            return type.Length > 0;
        return FindIn(value[data.From..data.To], data.From, fields);
    }

    private bool FindIn(ReadOnlySpan<byte> data, int offset, FieldNode fields)
    {
        var json = new JsonScanner(data, _memberNames, MaxDepth);
        return Walk(ref json, fields, offset);
    }

    private bool Walk(ref JsonScanner json, FieldNode node, int offset)
    {
        if (json.Peek() != '{')
            return json.Peek() != '[' && json.SkipValue();
        if (!json.EnterObject(out OpenObject opened))
            return false;
        while (json.NextMember(ref opened, out JsonText name, out ulong key))
        {
            json.Peek();
            int from = json.Position;
            FieldNode? child = node.Find(key, name);
            if (!(child is { Field: null, Children.Length: > 0 } ? Walk(ref json, child, offset) : json.SkipValue()))
                return false;
            if (child?.Field is not null)
                _spans.Add((offset + from, offset + json.Position));
        }

        return json.Fault == JsonFault.None;
    }

    private byte[] Masked(ReadOnlySpan<byte> value)
    {
        var shown = new ArrayBufferWriter<byte>(value.Length + 16);
        int at = 0;
        foreach ((int from, int to) in _spans)
        {
            shown.Write(value[at..from]);
            shown.Write("\"***\""u8);
            at = to;
        }

        shown.Write(value[at..]);
        return shown.WrittenSpan.ToArray();
    }
}
