using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Change;

/// <summary>The state of <c>change</c> for one key: the samples that may still be compared with.</summary>
internal sealed class ChangeState : LevelState
{
    private const byte FormatVersion = 1;

    internal SampleRing Samples { get; private set; } = new();

    public override bool IsEmpty => !Fires && Samples.Count == 0;

    /// <summary>The latest sample at or before an instant; null where there is none.</summary>
    internal TimedValue? LatestUpTo(long ticks)
    {
        int low = 0;
        int high = Samples.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Samples[middle].AtTicks <= ticks)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : Samples[low - 1];
    }

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        WriteLevel(writer);
        Samples.Write(writer);
    }

    internal static ChangeState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var state = new ChangeState();
        state.ReadLevel(reader);
        state.Samples = SampleRing.Read(reader);
        return state;
    }
}
