using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel;

/// <summary>A type of the language. Immutable; compared by value; written as the CEL specification writes it.</summary>
public sealed record CelType
{
    private CelType(string name, params ImmutableArray<CelType> parameters)
    {
        Name = name;
        Parameters = parameters;
    }

    /// <summary>The type's name: <c>int</c>, <c>list</c>, <c>google.protobuf.Timestamp</c>.</summary>
    public string Name { get; }

    /// <summary>The parameters of a list (1), a map (2) or an optional (1).</summary>
    public ImmutableArray<CelType> Parameters { get; }

    /// <summary>The fields, where the type is a record; otherwise null.</summary>
    public CelRecordType? Record { get; private init; }

    /// <summary>Any value: checked at run time.</summary>
    public static CelType Dyn { get; } = new("dyn");

    /// <summary>Null.</summary>
    public static CelType Null { get; } = new("null_type");

    /// <summary>Boolean.</summary>
    public static CelType Bool { get; } = new("bool");

    /// <summary>Signed 64-bit integer.</summary>
    public static CelType Int { get; } = new("int");

    /// <summary>Unsigned 64-bit integer.</summary>
    public static CelType Uint { get; } = new("uint");

    /// <summary>IEEE 754 double.</summary>
    public static CelType Double { get; } = new("double");

    /// <summary>Text.</summary>
    public static CelType String { get; } = new("string");

    /// <summary>Bytes.</summary>
    public static CelType Bytes { get; } = new("bytes");

    /// <summary>Duration.</summary>
    public static CelType Duration { get; } = new("google.protobuf.Duration");

    /// <summary>Instant.</summary>
    public static CelType Timestamp { get; } = new("google.protobuf.Timestamp");

    /// <summary>A position on the earth: what <c>event.geo</c> and <c>device.geo</c> are. Opaque but for <c>geo.*</c>, <c>.lat</c> and <c>.lon</c>.</summary>
    public static CelType Geo { get; } = new("alertengine.Geo");

    /// <summary>A list of <paramref name="element"/>.</summary>
    public static CelType List(CelType element) => new("list", element);

    /// <summary>A map from <paramref name="key"/> to <paramref name="value"/>.</summary>
    public static CelType Map(CelType key, CelType value) => new("map", key, value);

    /// <summary>An optional <paramref name="value"/>.</summary>
    public static CelType Optional(CelType value) => new("optional_type", value);

    /// <summary>A record: a variable whose fields are slots of a frame.</summary>
    public static CelType Of(CelRecordType record) => new(record.Name) { Record = record };

    /// <summary>An opaque or abstract type of an extension.</summary>
    public static CelType Named(string name, params ImmutableArray<CelType> parameters) => new(name, parameters);

    /// <inheritdoc />
    public bool Equals(CelType? other) =>
        other is not null && Name == other.Name && ReferenceEquals(Record, other.Record) && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Name, Parameters.Length);

    /// <inheritdoc />
    public override string ToString() => Parameters.Length == 0 ? Name : $"{Name}({string.Join(", ", Parameters)})";
}
