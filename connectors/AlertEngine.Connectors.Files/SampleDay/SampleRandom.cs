namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// A small generator of our own (splitmix64): the same seed gives the same day on every machine and every runtime, which the
/// runtime's own generator does not promise. Not for anything secret. Not thread-safe.
/// </summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one part of the day, so that a change in one part leaves the others as they were.</summary>
    public static SampleRandom For(ulong seed, string part)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char letter in part)
            hash = (hash ^ letter) * 1_099_511_628_211;
        return new SampleRandom(seed ^ hash);
    }

    /// <summary>A whole number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A number from <paramref name="least"/> up to, not including, <paramref name="most"/>.</summary>
    public double Between(double least, double most) => least + ((Next() >> 11) * (1.0 / (1UL << 53)) * (most - least));

    /// <summary>True so many times in a thousand.</summary>
    public bool PerMille(int share) => Below(1000) < share;

    private ulong Next()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}
