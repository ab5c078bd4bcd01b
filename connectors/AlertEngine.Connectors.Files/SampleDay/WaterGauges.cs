using System.Collections.Frozen;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// Water levels: a calm day, then a cloudburst in the evening over 江宁 and 江北新区. Gauges report every ten minutes and, while their
/// water is up, every minute. One gauge rises in a drill, one tells nonsense once and says itself that it is doubtful.
/// </summary>
internal static class WaterGauges
{
    private const double WadeMeters = 0.03;
    private const string Type = "water.level";
    private const string DrillGauge = "WL-GL-02";
    private const string FaultyGauge = "WL-LS-02";

    private static readonly long DenseFromMs = DayTime.At(17);
    private static readonly long DenseUntilMs = DayTime.At(23, 30);
    private static readonly long DrillFromMs = DayTime.At(10, 0, 7);
    private static readonly long DrillUntilMs = DayTime.At(10, 56);

    private static readonly FrozenDictionary<string, DayCurve> Floods = new Dictionary<string, DayCurve>
    {
        ["WL-JN-01"] = DayCurve.Through((17, 0, 2.00), (18, 10, 3.25), (19, 20, 4.10), (20, 0, 4.05), (22, 0, 2.90), (23, 0, 2.30)),
        ["WL-JN-02"] = DayCurve.Through((17, 20, 1.90), (18, 40, 3.30), (19, 50, 4.75), (20, 40, 4.50), (22, 30, 2.80), (23, 20, 2.40)),
        ["WL-JN-03"] = DayCurve.Through((17, 0, 2.10), (18, 30, 3.40), (19, 10, 3.60), (20, 30, 3.30), (21, 10, 2.85), (23, 0, 2.20)),
        ["WL-JB-01"] = DayCurve.Through((18, 0, 2.00), (19, 0, 3.30), (20, 10, 4.60), (20, 50, 4.40), (22, 40, 2.70), (23, 20, 2.40)),
        // It falls below the band, clears, and rises again within the quarter of an hour in which an alert reopens.
        ["WL-JB-02"] = DayCurve.Through((18, 0, 2.10), (19, 30, 3.50), (20, 40, 3.40), (20, 44, 2.90), (20, 49, 2.90), (20, 50, 3.40), (21, 30, 3.50), (22, 20, 2.60)),
        ["WL-JB-03"] = DayCurve.Through((18, 0, 1.90), (19, 40, 3.45), (20, 40, 3.60), (21, 40, 2.90), (22, 40, 2.20)),
        // 玄武 is low-lying: its limit is overridden to 2.80 m.
        ["WL-XW-01"] = DayCurve.Through((17, 30, 1.80), (18, 30, 2.95), (19, 20, 3.00), (20, 20, 2.40), (21, 0, 2.00)),
        // It comes near the limit and does not pass it.
        ["WL-PK-01"] = DayCurve.Through((17, 30, 2.00), (19, 30, 3.12), (20, 10, 3.10), (21, 30, 2.20)),
    }.ToFrozenDictionary();

    private static readonly DayCurve Drill = DayCurve.Through((10, 0, 2.00), (10, 10, 3.60), (10, 40, 3.70), (10, 55, 2.00));

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.WaterGauge).SelectMany(device => Calm(device, seed).Concat(Flood(device, seed)))
            .Concat(DrillEvents()).Append(Nonsense());

    private static IEnumerable<SampleEvent> Calm(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        double usual = random.Between(1.6, 2.2);
        bool floods = Floods.ContainsKey(device.Id);
        foreach (long at in Schedule.Regular(device, random))
        {
            if (!(floods && at >= DenseFromMs && at < DenseUntilMs) && !(device.Id == DrillGauge && at >= DrillFromMs && at < DrillUntilMs))
                yield return Level(at, device, usual + random.Between(-WadeMeters, WadeMeters));
        }
    }

    private static IEnumerable<SampleEvent> Flood(SampleDevice device, ulong seed)
    {
        if (!Floods.TryGetValue(device.Id, out DayCurve? curve))
            yield break;
        SampleRandom random = SampleRandom.For(seed, device.Id + "/flood");
        long phaseMs = random.Below((int)DayTime.MinuteMs);
        foreach (long at in Schedule.Dense(DenseFromMs + phaseMs, DenseUntilMs, DayTime.MinuteMs))
            yield return Level(at, device, curve.At(at) + random.Between(-0.01, 0.01));
    }

    private static IEnumerable<SampleEvent> DrillEvents()
    {
        SampleDevice device = SampleRegistry.Find(DrillGauge);
        foreach (long at in Schedule.Dense(DrillFromMs, DrillUntilMs, DayTime.MinuteMs))
            yield return Level(at, device, Drill.At(at)) with { IsExercise = true };
    }

    private static SampleEvent Nonsense() =>
        new(DayTime.At(14, 3, 21), SampleRegistry.Find(FaultyGauge), Type, SampleEvent.Number("level_m", 9.99, 2) + ",\"quality\":\"suspect\"");

    private static SampleEvent Level(long atMs, SampleDevice device, double levelMeters) =>
        new(atMs, device, Type, SampleEvent.Number("level_m", levelMeters, 2) + ",\"quality\":\"good\"");
}
