using AlertEngine.Engine.Ingest.Json;

namespace AlertEngine.Engine.Ingest;

/// <summary>The context attributes that mean something here.</summary>
internal enum AttributeName
{
    Unknown = 0,
    SpecVersion,
    Id,
    Source,
    Type,
    Subject,
    Time,
    District,
    Street,
    Grid,
    ExpiryTime,
    RecordedTime,
    ObservationKey,
    Data,
    DataBase64,
}

/// <summary>
/// The attributes of one event as plain UTF-8, wherever they come from: members of a structured event, or headers of a binary one. Empty
/// means absent; an attribute that is there and empty is refused where it is set.
/// </summary>
internal ref struct EventAttributes
{
    internal ReadOnlySpan<byte> SpecVersion;
    internal ReadOnlySpan<byte> Id;
    internal ReadOnlySpan<byte> Source;
    internal ReadOnlySpan<byte> Type;
    internal ReadOnlySpan<byte> Subject;
    internal ReadOnlySpan<byte> Time;
    internal ReadOnlySpan<byte> District;
    internal ReadOnlySpan<byte> Street;
    internal ReadOnlySpan<byte> Grid;
    internal ReadOnlySpan<byte> ExpiryTime;
    internal ReadOnlySpan<byte> RecordedTime;
    internal ReadOnlySpan<byte> ObservationKey;

    /// <summary>The attribute of that name. Names are lower-case ASCII (CloudEvents 1.0, "Attribute Naming Convention").</summary>
    internal static AttributeName Identify(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8) ? AttributeName.Id : default,
        4 => name.SequenceEqual("data"u8) ? AttributeName.Data
            : name.SequenceEqual("type"u8) ? AttributeName.Type
            : name.SequenceEqual("time"u8) ? AttributeName.Time
            : name.SequenceEqual("grid"u8) ? AttributeName.Grid : default,
        6 => name.SequenceEqual("source"u8) ? AttributeName.Source
            : name.SequenceEqual("street"u8) ? AttributeName.Street : default,
        7 => name.SequenceEqual("subject"u8) ? AttributeName.Subject : default,
        8 => name.SequenceEqual("district"u8) ? AttributeName.District : default,
        10 => name.SequenceEqual("expirytime"u8) ? AttributeName.ExpiryTime : default,
        11 => name.SequenceEqual("specversion"u8) ? AttributeName.SpecVersion
            : name.SequenceEqual("data_base64"u8) ? AttributeName.DataBase64 : default,
        12 => name.SequenceEqual("recordedtime"u8) ? AttributeName.RecordedTime : default,
        14 => name.SequenceEqual("observationkey"u8) ? AttributeName.ObservationKey : default,
        _ => default,
    };

    /// <summary>How an attribute is called.</summary>
    internal static string NameOf(AttributeName name) => name == AttributeName.DataBase64 ? "data_base64" : name.ToString().ToLowerInvariant();

    /// <summary>The bytes that a text with escapes stands for. Allocates: escapes are rare in attributes.</summary>
    internal static ReadOnlySpan<byte> Unescape(scoped in JsonText text)
    {
        var plain = new byte[text.Raw.Length];
        return plain.AsSpan(0, JsonEscapes.Unescape(text.Raw, plain));
    }

    internal void Set(AttributeName name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case AttributeName.SpecVersion: SpecVersion = value; break;
            case AttributeName.Id: Id = value; break;
            case AttributeName.Source: Source = value; break;
            case AttributeName.Type: Type = value; break;
            case AttributeName.Subject: Subject = value; break;
            case AttributeName.Time: Time = value; break;
            case AttributeName.District: District = value; break;
            case AttributeName.Street: Street = value; break;
            case AttributeName.Grid: Grid = value; break;
            case AttributeName.ExpiryTime: ExpiryTime = value; break;
            case AttributeName.RecordedTime: RecordedTime = value; break;
            case AttributeName.ObservationKey: ObservationKey = value; break;
        }
    }
}
