using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Alerts.Suppression.Flapping;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>What suppression remembers, as bytes of the journal: the silences, and the alerts that are held back.</summary>
internal sealed class SuppressionCodec(SilenceStage silences, HeldBook held, FlapBook flaps, BundleCodec bundles)
{
    private const byte Version = 4;

    public bool IsChanged => silences.IsChanged || held.Changed.Count != 0 || flaps.Changed.Count != 0 || bundles.IsChanged;

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
        WriteFlaps(writer, isAll ? [.. flaps.All.Keys] : flaps.Changed);
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

        for (int left = reader.Count(); left > 0; left--)
            flaps.Restore(reader.RequiredText(), new FlapHistory((uint)reader.Unsigned(), reader.Bool(), reader.Signed()));
        bundles.Read(reader);
    }

    public void MarkSaved()
    {
        silences.MarkSaved();
        held.MarkSaved();
        flaps.MarkSaved();
        bundles.MarkSaved();
    }

    public void Clear()
    {
        silences.Restore([]);
        held.Clear();
        flaps.Clear();
        bundles.Clear();
        MarkSaved();
    }

    private void WriteFlaps(StateWriter writer, IReadOnlyCollection<string> keys)
    {
        writer.Count(keys.Count);
        foreach (string key in keys)
        {
            FlapHistory history = flaps.Find(key);
            writer.Text(key);
            writer.Unsigned(history.Changes);
            writer.Bool(history.IsFlapping);
            writer.Signed(history.ChangedAtTicks);
        }
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
            writer.Text(silence.EventClass);
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
                EventClass = reader.Text(),
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
