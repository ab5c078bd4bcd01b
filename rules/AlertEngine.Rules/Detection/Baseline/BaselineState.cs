using AlertEngine.Rules.Detection.Level;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>The state of <c>baseline</c> for one key: what was learned, and the last judgement.</summary>
internal abstract class BaselineState : LevelState
{
    private const byte FormatVersion = 1;

    /// <summary>The first sample; its warm-up counts from there.</summary>
    internal long FirstTicks { get; set; } = NeverTicks;

    internal long LastTicks { get; set; } = long.MinValue;

    internal double LastScore { get; set; } = double.NaN;

    internal double LastExpected { get; set; } = double.NaN;

    // What was learned is worth keeping, however long the key is silent.
    public override bool IsEmpty => FirstTicks == NeverTicks;

    /// <summary>What is expected now; null while too little is known.</summary>
    internal abstract Forecast? Expect(long atTicks);

    /// <summary>Learns a sample after it was judged.</summary>
    internal abstract void Learn(double value, long atTicks);

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        WriteLevel(writer);
        writer.Signed(FirstTicks);
        writer.Signed(LastTicks);
        writer.Double(LastScore);
        writer.Double(LastExpected);
        WriteLearned(writer);
    }

    internal void ReadFrom(StateReader reader)
    {
        reader.Version(FormatVersion);
        ReadLevel(reader);
        FirstTicks = reader.Signed();
        LastTicks = reader.Signed();
        LastScore = reader.Double();
        LastExpected = reader.Double();
        ReadLearned(reader);
    }

    private protected abstract void WriteLearned(StateWriter writer);

    private protected abstract void ReadLearned(StateReader reader);
}
