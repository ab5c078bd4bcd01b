using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>An alert as bytes of the journal, with labels, group, the time of its last joining, its districts and the alerts of districts that it rests on.</summary>
internal static class AlertCodec
{
    private const byte Version = 6;

    public static void Write(StateWriter writer, Alert alert)
    {
        writer.Byte(Version);
        writer.Text(alert.Id);
        writer.Count(alert.Revision);
        writer.Text(alert.RuleId);
        writer.Text(alert.Key);
        writer.Text(alert.DedupKey);
        writer.Byte((byte)alert.Status);
        writer.Byte((byte)alert.Severity);
        writer.Byte((byte)alert.SeverityFloor);
        writer.Byte((byte)alert.EventStatus);
        writer.Bool(alert.IsLate);
        writer.Bool(alert.IsShadow);
        writer.Signed(alert.OpenedAtTicks);
        writer.Bool(alert.EndedAtTicks is not null);
        writer.Signed(alert.EndedAtTicks ?? 0);
        writer.Signed(alert.KeptUntilTicks);
        writer.Byte((byte)alert.Reason);
        writer.Count(alert.MergedCount);
        writer.Count(alert.ReopenedCount);
        WriteContributors(writer, alert.Contributors);
        writer.Text(alert.Title.Zh);
        writer.Text(alert.Title.En);
        writer.Text(alert.OpenedBy?.Source);
        writer.Text(alert.OpenedBy?.Id);
        WriteEvents(writer, alert);
        WritePlace(writer, alert.Place);
        writer.Count(alert.Districts.Length);
        foreach (string district in alert.Districts)
            writer.Text(district);
        ChildCodec.Write(writer, alert.Children);
        WriteKinship(writer, alert);
    }

    public static Alert Read(StateReader reader)
    {
        if (reader.Byte() is not Version and var version)
            throw new InvalidDataException($"an alert of version {version}");
        return ReadRest(reader, ReadHead(reader));
    }

    private static Alert ReadHead(StateReader reader) => new()
    {
        Id = reader.RequiredText(),
        Revision = reader.Count(),
        RuleId = reader.RequiredText(),
        Key = reader.RequiredText(),
        DedupKey = reader.RequiredText(),
        Status = (AlertStatus)reader.Byte(),
        Severity = (Severity)reader.Byte(),
        SeverityFloor = (Severity)reader.Byte(),
        EventStatus = (EventStatus)reader.Byte(),
        IsLate = reader.Bool(),
        IsShadow = reader.Bool(),
        OpenedAtTicks = reader.Signed(),
        EndedAtTicks = ReadOptional(reader),
        KeptUntilTicks = reader.Signed(),
        Reason = (ClearReason)reader.Byte(),
        MergedCount = reader.Count(),
        ReopenedCount = reader.Count(),
        Contributors = ReadContributors(reader),
        Title = new LocalText(reader.RequiredText(), reader.RequiredText()),
        Place = new AlertPlace("", "", "", null),
    };

    private static Alert ReadRest(StateReader reader, Alert head)
    {
        (string? source, string? id) = (reader.Text(), reader.Text());
        Alert alert = head with
        {
            OpenedBy = id is null ? null : new EventReference(source ?? "", id),
            RelatedEvents = ReadMany(reader, static r => new EventReference(r.RequiredText(), r.RequiredText())),
            Evidence = ReadMany(reader, static r => r.RequiredText()),
            Conditions = reader.RequiredText(),
            Place = ReadPlace(reader),
            Districts = ReadMany(reader, static r => r.RequiredText()),
            Children = ChildCodec.Read(reader),
        };
        return ReadKinship(reader, alert);
    }

    private static long? ReadOptional(StateReader reader)
    {
        bool isThere = reader.Bool();
        long value = reader.Signed();
        return isThere ? value : null;
    }

    private static void WriteContributors(StateWriter writer, ImmutableArray<Contributor> contributors)
    {
        writer.Count(contributors.Length);
        foreach (Contributor contributor in contributors)
        {
            writer.Text(contributor.RuleId);
            writer.Text(contributor.Key);
            writer.Text(contributor.Instance);
            writer.Byte((byte)contributor.Severity);
        }
    }

    private static ImmutableArray<Contributor> ReadContributors(StateReader reader) =>
        ReadMany(reader, static r => new Contributor(r.RequiredText(), r.RequiredText(), r.RequiredText(), (Severity)r.Byte()));

    private static void WriteEvents(StateWriter writer, Alert alert)
    {
        writer.Count(alert.RelatedEvents.Length);
        foreach (EventReference reference in alert.RelatedEvents)
        {
            writer.Text(reference.Source);
            writer.Text(reference.Id);
        }

        writer.Count(alert.Evidence.Length);
        foreach (string item in alert.Evidence)
            writer.Text(item);
        writer.Text(alert.Conditions);
    }

    private static void WritePlace(StateWriter writer, AlertPlace place)
    {
        writer.Text(place.District);
        writer.Text(place.Street);
        writer.Text(place.Grid);
        writer.Bool(place.Point is not null);
        if (place.Point is not { } point)
            return;
        writer.Double(point.Latitude);
        writer.Double(point.Longitude);
    }

    private static AlertPlace ReadPlace(StateReader reader) => new(
        reader.RequiredText(),
        reader.RequiredText(),
        reader.RequiredText(),
        reader.Bool() ? new GeoPoint(reader.Double(), reader.Double()) : null);

    private static void WriteKinship(StateWriter writer, Alert alert)
    {
        writer.Count(alert.Labels.Length);
        foreach (AlertLabel label in alert.Labels)
        {
            writer.Text(label.Name);
            writer.Text(label.Value);
        }

        writer.Text(alert.GroupKey);
        writer.Text(alert.BundledBy);
        writer.Text(alert.MergeClass);
        writer.Signed(alert.LastJoinedAtTicks);
        writer.Signed(alert.JoinableUntilTicks);
    }

    private static Alert ReadKinship(StateReader reader, Alert alert) => alert with
    {
        Labels = ReadMany(reader, static r => new AlertLabel(r.RequiredText(), r.RequiredText())),
        GroupKey = reader.RequiredText(),
        BundledBy = reader.RequiredText(),
        MergeClass = reader.RequiredText(),
        LastJoinedAtTicks = reader.Signed(),
        JoinableUntilTicks = reader.Signed(),
    };

    private static ImmutableArray<T> ReadMany<T>(StateReader reader, Func<StateReader, T> read)
    {
        int count = reader.Count();
        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, 1024));
        for (int i = 0; i < count; i++)
            items.Add(read(reader));
        return items.ToImmutable();
    }
}
