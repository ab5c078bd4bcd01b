using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>The context of a district as bytes: the changes that were made, and how far each lateness class has come with them.</summary>
internal sealed class ContextCodec(ContextTimeline timeline, ActivityGate gate, ContextWatch watch, DigestClock digests)
{
    private const int ChangeLimit = 1_000;
    private const int SceneLimit = 1_000;
    private const int ClassLimit = 32;

    /// <summary>Whether it changed since it was last written.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Writes it, or that it is left as it was.</summary>
    public void Write(StateWriter writer, bool isWritten)
    {
        writer.Bool(isWritten);
        if (!isWritten)
            return;
        writer.Count(timeline.Changes.Count);
        foreach (ContextChange change in timeline.Changes)
            WriteChange(writer, change);
        writer.Count(gate.IsStarted ? gate.ReachedTicks.Length : 0);
        if (!gate.IsStarted)
            return;
        foreach (long reachedTicks in gate.ReachedTicks)
            writer.Signed(reachedTicks);
        writer.Bool(watch.ReachedTicks is not null);
        if (watch.ReachedTicks is not { } watchedTicks)
            return;
        writer.Signed(watchedTicks);
        writer.Signed(digests.ToldTicks ?? watchedTicks);
        writer.Text(watch.Told.Mode);
        WriteNames(writer, watch.Told.Scenes);
    }

    /// <summary>Reads what was written.</summary>
    public void Read(StateReader reader)
    {
        if (!reader.Bool())
            return;
        var changes = new ContextChange[reader.Bounded(ChangeLimit)];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = ReadChange(reader);
        var reachedTicks = new long[reader.Bounded(ClassLimit)];
        for (int i = 0; i < reachedTicks.Length; i++)
            reachedTicks[i] = reader.Signed();
        timeline.Restore(changes);
        if (reachedTicks.Length != 0)
            gate.Restore(reachedTicks);
        if (reachedTicks.Length == 0 || !reader.Bool())
            return;
        long watchedTicks = reader.Signed();
        digests.GoOnFrom(reader.Signed());
        watch.Restore(watchedTicks, reader.RequiredText(), ReadNames(reader));
    }

    private static void WriteChange(StateWriter writer, ContextChange change)
    {
        writer.Signed(change.EffectiveAtTicks);
        writer.Text(change.Mode);
        WriteFlag(writer, change.IsHoliday);
        WriteFlag(writer, change.IsWorkday);
        writer.Bool(change.Scenes is not null);
        if (change.Scenes is { } scenes)
            WriteNames(writer, scenes);
        writer.Count(change.Switches.Length);
        foreach (SceneSwitch one in change.Switches)
        {
            writer.Text(one.Scene);
            writer.Bool(one.IsOn);
        }

        writer.Count(change.Holds.Length);
        foreach (ModeHold hold in change.Holds)
        {
            writer.Text(hold.Holder);
            writer.Text(hold.Mode);
        }
    }

    private static void WriteNames(StateWriter writer, ImmutableArray<string> names)
    {
        writer.Count(names.Length);
        foreach (string name in names)
            writer.Text(name);
    }

    private static ImmutableArray<string> ReadNames(StateReader reader)
    {
        var names = new string[reader.Bounded(SceneLimit)];
        for (int i = 0; i < names.Length; i++)
            names[i] = reader.RequiredText();
        return ImmutableArray.Create(names);
    }

    private static ContextChange ReadChange(StateReader reader)
    {
        long effectiveAtTicks = reader.Signed();
        string? mode = reader.Text();
        bool? isHoliday = ReadFlag(reader), isWorkday = ReadFlag(reader);
        ImmutableArray<string>? scenes = reader.Bool() ? ReadNames(reader) : null;
        var switches = new SceneSwitch[reader.Bounded(SceneLimit)];
        for (int i = 0; i < switches.Length; i++)
            switches[i] = new SceneSwitch(reader.RequiredText(), reader.Bool());
        var holds = new ModeHold[reader.Bounded(ContextTimeline.HoldLimit)];
        for (int i = 0; i < holds.Length; i++)
            holds[i] = new ModeHold(reader.RequiredText(), reader.Text());
        return new ContextChange(effectiveAtTicks, mode, scenes, isHoliday, isWorkday) { Switches = ImmutableArray.Create(switches), Holds = ImmutableArray.Create(holds) };
    }

    private static void WriteFlag(StateWriter writer, bool? flag)
    {
        writer.Bool(flag is not null);
        if (flag is { } value)
            writer.Bool(value);
    }

    private static bool? ReadFlag(StateReader reader) => reader.Bool() ? reader.Bool() : null;
}
