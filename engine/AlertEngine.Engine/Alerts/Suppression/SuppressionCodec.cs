using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>What suppression remembers, as bytes of the journal: the silences, and the alerts that are held back.</summary>
internal sealed class SuppressionCodec(SilenceStage silences, HeldBook held, BundleCodec bundles)
{
    private const byte Version = 2;

    public bool IsChanged => silences.IsChanged || held.Changed.Count != 0 || bundles.IsChanged;

    /// <summary>Writes what changed, or all of it.</summary>
    public void Write(StateWriter writer, bool isAll)
    {
        writer.Byte(Version);
        bool isWritten = isAll || silences.IsChanged;
        writer.Bool(isWritten);
        if (isWritten)
            WriteSilences(writer);
        IReadOnlyCollection<string> ids = isAll ? [.. held.All.Select(one => one.Alert.Id)] : held.Changed;
        writer.Count(ids.Count);
        foreach (string id in ids)
            WriteHeld(writer, id, held.Find(id));
        bundles.Write(writer, isAll);
    }

    /// <summary>Reads what was written.</summary>
    public void Read(StateReader reader)
    {
        if (reader.Byte() is not Version and var version)
            throw new InvalidDataException($"suppression of version {version}");
        if (reader.Bool())
            ReadSilences(reader);
        for (int left = reader.Count(); left > 0; left--)
        {
            string id = reader.RequiredText();
            if (reader.Bool())
                held.Restore(ReadHeld(reader));
            else
                held.Remove(id);
        }

        bundles.Read(reader);
    }

    public void MarkSaved()
    {
        silences.MarkSaved();
        held.MarkSaved();
        bundles.MarkSaved();
    }

    public void Clear()
    {
        silences.Restore([]);
        held.Clear();
        bundles.Clear();
        MarkSaved();
    }

    private void WriteSilences(StateWriter writer)
    {
        writer.Count(silences.All.Count);
        foreach (Silence silence in silences.All)
        {
            writer.Text(silence.Id);
            writer.Signed(silence.FromTicks);
            writer.Signed(silence.UntilTicks);
            writer.Text(silence.RuleId);
            writer.Text(silence.Key);
            writer.Text(silence.District);
            writer.Text(silence.Actor);
            writer.Text(silence.Reason);
            writer.Count(silence.ClassesEnded);
        }
    }

    private void ReadSilences(StateReader reader)
    {
        var read = new Silence[reader.Bounded(SilenceStage.Limit)];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = new Silence(
                reader.RequiredText(), reader.Signed(), reader.Signed(), reader.Text(), reader.Text(), reader.Text(), reader.RequiredText(), reader.RequiredText())
            {
                ClassesEnded = reader.Count(),
            };
        }

        silences.Restore(read);
    }

    private static void WriteHeld(StateWriter writer, string id, HeldAlert? one)
    {
        writer.Text(id);
        writer.Bool(one is not null);
        if (one is null)
            return;
        AlertCodec.Write(writer, one.Alert);
        writer.Byte((byte)one.Told);
        writer.Byte((byte)one.ToldSeverity);
        writer.Text(one.By);
        writer.Text(one.Holder);
        writer.Text(one.Reason);
    }

    private static HeldAlert ReadHeld(StateReader reader) => new(
        AlertCodec.Read(reader), (ToldState)reader.Byte(), (Severity)reader.Byte(), reader.RequiredText(), reader.RequiredText(), reader.RequiredText());
}
