namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// A day of Nanjing, 2026-07-01, as its sensors, cameras and drones would tell it: some 24,000 structured CloudEvents in order of
/// arrival. A calm day with a cloudburst in the evening, of which the weather service warns and residents report, fires, crowds and cars where they should not be, and all that goes wrong on the
/// way: duplicates, disorder, lateness, events without a place, broken lines and a drill. The same seed gives the same bytes.
/// </summary>
public static class SampleDay
{
    /// <summary>The seed of the day that ships with the Nanjing pack.</summary>
    public const ulong DefaultSeed = 20260701;

    /// <summary>Writes the day as NDJSON, UTF-8, and tells what it put in. The stream stays open.</summary>
    public static SampleDayTally Write(Stream target, ulong seed = DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(target);
        SampleDayTally tally = new();
        List<Arrival> arrivals = [.. Good(seed, tally), .. new BrokenLines(seed, tally).All(), .. new FloodEvening(seed, tally).Arrivals()];
        foreach (Arrival arrival in arrivals.OrderBy(arrival => arrival.ArrivesMs))
        {
            target.Write(arrival.Bytes);
            target.WriteByte((byte)'\n');
            tally.Lines++;
        }

        return tally;
    }

    /// <summary>Writes the commands of the day as NDJSON: a scene that is switched by hand.</summary>
    public static void WriteCommands(Stream target) => FloodEvening.WriteCommands(target);

    private static IEnumerable<Arrival> Good(ulong seed, SampleDayTally tally)
    {
        Delivery delivery = new(seed, tally);
        Dictionary<string, int> sequences = new(StringComparer.Ordinal);
        foreach (SampleEvent sample in Told(seed).OrderBy(sample => sample.TimeMs).ThenBy(sample => sample.Device.Id, StringComparer.Ordinal))
        {
            int sequence = sequences[sample.Device.Id] = sequences.GetValueOrDefault(sample.Device.Id) + 1;
            tally.Exercises += sample.IsExercise ? 1 : 0;
            foreach (Arrival arrival in delivery.Of(new CloudEventLine(sample, sequence, delivery.PlacementOf(sample))))
                yield return arrival;
        }
    }

    private static IEnumerable<SampleEvent> Told(ulong seed) =>
    [
        .. WaterGauges.Events(seed), .. Manholes.Events(seed), .. Fires.Events(seed), .. Cameras.Events(seed), .. Drones.Events(seed),
        .. Surroundings.Events(seed), .. Bracelets.Events(seed),
    ];
}
