using System.IO.Hashing;
using System.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>What must hold of an event's attributes, wherever they came from.</summary>
internal static class AttributeRules
{
    private const int QuotedCharacters = 64;

    /// <summary>Checks the attributes and gives them to the event; or the reason why not. The type is the event's already.</summary>
    internal static Rejection? Apply(in EventAttributes attributes, TimeBounds bounds, TextIntern texts, DecodedEvent target)
    {
        if ((MissingOf(attributes) ?? CheckVersion(attributes.SpecVersion)) is { } rejection)
            return rejection;
        if ((ReadTime(AttributeName.Time, attributes.Time, out long time) ?? CheckOtherTimes(attributes, bounds)) is { } badTime)
            return badTime;
        if (time > bounds.LatestTicks)
            return new(RejectionCodes.TimeAhead, $"attribute 'time' is ahead of what is admitted: {Quote(attributes.Time)}");
        target.TimeTicks = time;
        target.SetSubject(attributes.Subject);
        target.District = texts.Get(attributes.District);
        target.Street = texts.Get(attributes.Street);
        target.Grid = texts.Get(attributes.Grid);
        target.SetIdentity(attributes.Source, attributes.Id);
        if (!attributes.ObservationKey.IsEmpty)
            target.ObservationKey = ObservationKeyOf(attributes);
        return null;
    }

    private static Rejection? MissingOf(in EventAttributes attributes)
    {
        AttributeName missing =
            attributes.SpecVersion.IsEmpty ? AttributeName.SpecVersion
            : attributes.Id.IsEmpty ? AttributeName.Id
            : attributes.Source.IsEmpty ? AttributeName.Source
            : attributes.Type.IsEmpty ? AttributeName.Type
            : attributes.Time.IsEmpty ? AttributeName.Time
            : attributes.Subject.IsEmpty ? AttributeName.Subject
            : AttributeName.Unknown;
        return missing == AttributeName.Unknown ? null : new(RejectionCodes.MissingAttribute, $"attribute '{EventAttributes.NameOf(missing)}' is missing");
    }

    private static Rejection? CheckVersion(ReadOnlySpan<byte> version) =>
        version.SequenceEqual("1.0"u8) ? null : new(RejectionCodes.InvalidAttribute, $"attribute 'specversion' is {Quote(version)}; only 1.0 is known");

    private static Rejection? CheckOtherTimes(in EventAttributes attributes, TimeBounds bounds)
    {
        if (!attributes.RecordedTime.IsEmpty && ReadTime(AttributeName.RecordedTime, attributes.RecordedTime, out _) is { } badRecorded)
            return badRecorded;
        if (attributes.ExpiryTime.IsEmpty)
            return null;
        if (ReadTime(AttributeName.ExpiryTime, attributes.ExpiryTime, out long expiry) is { } badExpiry)
            return badExpiry;
        return expiry > bounds.NowTicks ? null : new(RejectionCodes.Expired, $"the event was to be dropped after {Quote(attributes.ExpiryTime)}");
    }

    private static Rejection? ReadTime(AttributeName name, ReadOnlySpan<byte> text, out long ticks) => Rfc3339.Read(text, out ticks) switch
    {
        Rfc3339Answer.Valid => null,
        Rfc3339Answer.NoOffset => new(RejectionCodes.TimeWithoutOffset, $"attribute '{EventAttributes.NameOf(name)}' has no offset: {Quote(text)}"),
        _ => new(RejectionCodes.InvalidAttribute, $"attribute '{EventAttributes.NameOf(name)}' is not an RFC 3339 time: {Quote(text)}"),
    };

    /// <summary>A hash of source, subject and the key with the sender's own words for property and phenomenon time; apart from the hashes of events.</summary>
    private static UInt128 ObservationKeyOf(in EventAttributes attributes)
    {
        var hash = new XxHash128(seed: 1);
        Append(hash, attributes.Source);
        Append(hash, attributes.Subject);
        Append(hash, attributes.ObservationKey);
        return hash.GetCurrentHashAsUInt128();
    }

    private static void Append(XxHash128 hash, ReadOnlySpan<byte> part)
    {
        hash.Append(BitConverter.GetBytes(part.Length));
        hash.Append(part);
    }

    private static string Quote(ReadOnlySpan<byte> text)
    {
        string whole = Encoding.UTF8.GetString(text);
        return whole.Length <= QuotedCharacters ? $"'{whole}'" : $"'{whole[..QuotedCharacters]}…'";
    }
}
