using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Detection.Timing;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Benchmarks;

/// <summary>
/// Question: how many bytes does a live key cost, all in: the key's text, its entry in a dictionary, the state, which is its own timer, and
/// the wheel? Asked of 1,000,000 keys, each with a pending hold or four of five matches. The slots of the key's last event are not in it:
/// they are kept only where a title or severity reads them when a timer fires.
/// </summary>
internal static class DetectMemory
{
    private const int Keys = 1_000_000;
    private const int FieldSlot = EventSlots.FirstField;

    public static void Run(TextWriter output)
    {
        CelFunction level = frame => frame.Records[FrameRecords.Event][FieldSlot];
        var high = new CelCondition(frame => level(frame).AsDouble > 3, frame => level(frame).AsDouble <= 3);
        var hold = new HoldOptions(high, Duration.FromMinutes(10)) { Gap = Duration.FromMinutes(3) };
        Measure("hold", new HoldDetector(hold), 1, output);
        Measure("hold with two tracked values", new HoldDetector(hold with
        {
            Track = [new("peak_m", TrackFunction.Max, level, CelType.Double), new("last_m", TrackFunction.Last, level, CelType.Double)],
        }), 1, output);
        Measure("count, four of five", CountDetector.Create(new CountOptions(5, Duration.FromMinutes(10))), 4, output);
    }

    private static void Measure(string name, Detector detector, int eventsPerKey, TextWriter output)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var states = new Dictionary<string, KeyState>(StringComparer.Ordinal);
        var wheel = new TimingWheel(Comparer<TimerNode>.Create((one, other) => string.CompareOrdinal(((KeyState)one).Key, ((KeyState)other).Key)));
        for (int round = 0; round < eventsPerKey; round++)
            Fill(detector, states, wheel, round);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"{name}: {(after - before) / (double)Keys:0} bytes a key, {wheel.Count:N0} timers");
        GC.KeepAlive(states);
        GC.KeepAlive(wheel);
    }

    private static void Fill(Detector detector, Dictionary<string, KeyState> states, TimingWheel wheel, int round)
    {
        var sink = new Sink();
        var frame = new CelFrame(FrameRecords.Count);
        frame.Records[FrameRecords.Detector] = new CelValue[detector.Names?.SlotCount ?? 0];
        var slots = new CelValue[FieldSlot + 1];
        slots[FieldSlot] = CelValue.Of(3.5);
        frame.Records[FrameRecords.Event] = slots;
        var layout = new EventLayout("water.level", new CelRecordType("water.level", FrameRecords.Event, EventLayout.CommonFields), []);
        for (int i = 0; i < Keys; i++)
        {
            string key = $"WL-{i:D7}";
            if (!states.TryGetValue(key, out KeyState? state))
            {
                state = detector.NewState();
                state.Key = key;
                states.Add(key, state);
            }

            long ticks = (round * (long)Keys + i) * 100;
            detector.OnEvent(state, 1, new EventRecord { Layout = layout, Slots = slots, TimeTicks = ticks }, frame, sink);
            wheel.Schedule(state);
        }
    }

    private sealed class Sink : IDetectionSink
    {
        public void Take(in Detected detected)
        {
        }

        public void CountOverflow()
        {
        }

        public void CountError()
        {
        }

        public void Touch(KeyState other)
        {
        }
    }
}
