namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>What the generator put into the day, so that a run can be held against it. Not thread-safe.</summary>
public sealed class SampleDayTally
{
    private readonly SortedDictionary<string, int> _rejected = new(StringComparer.Ordinal);

    /// <summary>All lines of the file.</summary>
    public int Lines { get; internal set; }

    /// <summary>Lines that repeat an earlier one byte for byte.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Events that come 1.5 to 4.5 seconds after their time: within the usual lateness of five seconds.</summary>
    public int Overtaken { get; internal set; }

    /// <summary>Events that come 20 to 180 seconds after their time.</summary>
    public int Late { get; internal set; }

    /// <summary>Events of the drill.</summary>
    public int Exercises { get; internal set; }

    /// <summary>How many lines must become dead letters, by reason.</summary>
    public IReadOnlyDictionary<string, int> DeadLetters => _rejected;

    internal void Reject(string code) => _rejected[code] = _rejected.GetValueOrDefault(code) + 1;
}
