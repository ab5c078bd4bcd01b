using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using NodaTime;

namespace AlertEngine.Rules.Cel;

/// <content>Kinds and the values that are objects.</content>
public readonly partial struct CelValue
{
    /// <summary>True, made once.</summary>
    public static CelValue True => Of(true);

    /// <summary>False, made once.</summary>
    public static CelValue False => Of(false);

    /// <summary>The optional without a value.</summary>
    public static CelValue NoneOptional => new(CelOptional.None, 0);

    /// <summary>What the value is.</summary>
    public CelKind Kind => Reference switch
    {
        null => CelKind.Missing,
        Tag tag => tag.Kind,
        string => CelKind.String,
        CelObject made => made.Kind,
        Instant => CelKind.Timestamp,
        Duration => CelKind.Duration,
        _ => CelKind.Opaque,
    };

    /// <summary>True for an error.</summary>
    public bool IsError => Reference is CelError;

    /// <summary>True for an unsigned integer.</summary>
    public bool IsUint => ReferenceEquals(Reference, UintTag);

    /// <summary>The unsigned integer; meaningless unless <see cref="IsUint"/>.</summary>
    public ulong AsUint => unchecked((ulong)Bits);

    /// <summary>The list, or null where the value is none.</summary>
    public CelList? AsList => Reference as CelList;

    /// <summary>The map, or null where the value is none.</summary>
    public CelMap? AsMap => Reference as CelMap;

    /// <summary>The bytes, or null where the value is none.</summary>
    public CelBytes? AsBytes => Reference as CelBytes;

    /// <summary>The instant, or null where the value is none.</summary>
    public Instant? AsInstant => Reference is Instant instant ? instant : null;

    /// <summary>The duration, or null where the value is none.</summary>
    public Duration? AsDuration => Reference is Duration duration ? duration : null;

    /// <summary>The optional, or null where the value is none.</summary>
    public CelOptional? AsOptional => Reference as CelOptional;

    /// <summary>What went wrong, or null where the value is no error.</summary>
    public CelErrorInfo? AsError => (Reference as CelError)?.Info;

    /// <summary>The value of an extension, or null where the value is none.</summary>
    public ICelOpaque? AsOpaque => Reference as ICelOpaque;

    /// <summary>A list, map, optional, type or error that exists already.</summary>
    public static CelValue Of(CelObject value) => new(value, 0);

    /// <summary>A value of an extension.</summary>
    public static CelValue Of(ICelOpaque value) => new(value, 0);

    /// <summary>A list.</summary>
    [OverloadResolutionPriority(1)]
    public static CelValue List(params ReadOnlySpan<CelValue> items) => items.IsEmpty ? Of(CelList.Empty) : Of(new CelList(items.ToArray()));

    /// <summary>A list.</summary>
    public static CelValue List(ImmutableArray<CelValue> items) => List(items.AsSpan());

    /// <summary>A list of texts.</summary>
    public static CelValue List(IEnumerable<string> items) => Of(new CelList([.. items.Select(Of)]));

    /// <summary>Bytes, copied.</summary>
    public static CelValue Bytes(ReadOnlySpan<byte> value) => Of(new CelBytes(value.ToArray()));

    /// <summary>The UTF-8 bytes of a text.</summary>
    public static CelValue Utf8(string text) => Of(new CelBytes(Encoding.UTF8.GetBytes(text)));

    /// <summary>A map. An error value where a key is there twice, or is no bool, int, uint or string.</summary>
    public static CelValue Map(IEnumerable<KeyValuePair<CelValue, CelValue>> entries)
    {
        KeyValuePair<CelValue, CelValue>[] all = [.. entries];
        return all.Length == 0 ? Of(CelMap.Empty) : CelMap.Create([.. all.Select(entry => entry.Key)], [.. all.Select(entry => entry.Value)]);
    }

    /// <summary>A map with texts as keys.</summary>
    public static CelValue Map(IEnumerable<KeyValuePair<string, CelValue>> entries) =>
        Map(entries.Select(entry => KeyValuePair.Create(Of(entry.Key), entry.Value)));

    /// <summary>An optional that holds <paramref name="value"/>; without a value where that is missing.</summary>
    public static CelValue Optional(CelValue value) => value.IsPresent ? Of(new CelOptional(value)) : NoneOptional;

    /// <summary>A type as a value.</summary>
    public static CelValue OfType(string name) => Of(new CelTypeValue(name));

    /// <summary>An error of an extension's function.</summary>
    /// <param name="messageEn">In English.</param>
    /// <param name="messageZh">In Chinese.</param>
    public static CelValue Error(string messageEn, string messageZh) => CelErrors.BadArgument(messageEn, messageZh);

    /// <summary>For debugging: the value as <see cref="CelFormat"/> writes it.</summary>
    public override string ToString() => CelFormat.Text(this);
}
