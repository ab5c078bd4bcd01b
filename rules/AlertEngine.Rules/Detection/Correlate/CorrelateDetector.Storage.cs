using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Correlate;

/// <content>The stored form.</content>
public sealed partial class CorrelateDetector
{
    private const byte FormatVersion = 1;

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer)
    {
        var correlate = (CorrelateState)state;
        writer.Byte(FormatVersion);
        writer.Count(correlate.Groups.Count);
        foreach (CorrelateGroup group in correlate.Groups)
        {
            writer.Text(group.FirstSource);
            writer.Text(group.FirstId);
            writer.Signed(group.FirstTicks);
            writer.Signed(group.LastTicks);
            writer.Signed(group.EndsTicks);
            writer.Unsigned(group.Kinds);
            writer.Count(group.Members);
            writer.Bool(group.Fires);
            writer.Bool(group.FirstAt is not null);
            if (group.FirstAt is not null)
            {
                writer.Double(group.FirstAt.Latitude);
                writer.Double(group.FirstAt.Longitude);
            }
        }
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var correlate = new CorrelateState();
        int groups = reader.Bounded(CorrelateOptions.GroupLimit);
        for (int i = 0; i < groups; i++)
            correlate.Groups.Add(ReadGroup(reader));
        correlate.SetDue();
        return correlate;
    }

    private static CorrelateGroup ReadGroup(StateReader reader)
    {
        string source = reader.RequiredText();
        string id = reader.RequiredText();
        long first = reader.Signed();
        long last = reader.Signed();
        long ends = reader.Signed();
        uint kinds = (uint)reader.Unsigned();
        int members = reader.Count();
        bool fires = reader.Bool();
        return new CorrelateGroup
        {
            FirstSource = source,
            FirstId = id,
            FirstTicks = first,
            LastTicks = last,
            EndsTicks = ends,
            Kinds = kinds,
            Members = members,
            Fires = fires,
            FirstAt = reader.Bool() ? new GeoPoint(reader.Double(), reader.Double()) : null,
        };
    }
}
