namespace AlertEngine.Benchmarks.Match;

/// <summary>The lines of an event file, in memory, so that reading is not measured.</summary>
internal sealed class EventLines
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    private EventLines(byte[] bytes, int[] starts, int count)
    {
        _bytes = bytes;
        _starts = starts;
        Count = count;
    }

    /// <summary>How many lines.</summary>
    public int Count { get; }

    /// <summary>A line without its end.</summary>
    public ReadOnlyMemory<byte> this[int index] => _bytes.AsMemory(_starts[index], _starts[index + 1] - _starts[index] - 1);

    /// <summary>Reads up to so many lines.</summary>
    public static EventLines Read(string path, int max)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var starts = new List<int>(max + 1) { 0 };
        for (int i = 0; i < bytes.Length && starts.Count <= max; i++)
        {
            if (bytes[i] == (byte)'\n')
                starts.Add(i + 1);
        }

        return new EventLines(bytes, [.. starts], starts.Count - 1);
    }
}
