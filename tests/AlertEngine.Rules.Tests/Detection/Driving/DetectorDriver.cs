using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Timing;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Tests.Detection.Driving;

/// <summary>
/// What the kernel does for a detector, without the kernel: keys, states, timers in order, states written and read again at random moments.
/// </summary>
internal sealed class DetectorDriver : IDetectionSink
{
    private readonly Detector _detector;
    private readonly Random? _forgetting;
    private readonly SortedDictionary<string, KeyState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CelValue[]> _lastEvents = [];
    private readonly CelFrame _frame = new(FrameRecords.Count);
    private readonly HashSet<KeyState> _touched = [];
    private readonly Dictionary<string, long> _scheduled = [];
    private KeyState? _shared;
    private string _key = "";

    /// <param name="detector">The detector to drive.</param>
    /// <param name="forgetting">Where given, states are written and read back at random, as after a crash.</param>
    public DetectorDriver(Detector detector, Random? forgetting = null)
    {
        _detector = detector;
        _forgetting = forgetting;
        _frame.Records[FrameRecords.Detector] = new CelValue[detector.Names?.SlotCount ?? 0];
        if (detector.Population is { } population)
            _shared = _states[population.SharedKey] = Named(population.NewShared(), population.SharedKey);
    }

    public List<Finding> Findings { get; } = [];

    public IEnumerable<Finding> Changes => Findings.Where(finding => finding.IsChange);

    public int Overflows { get; private set; }

    public int Errors { get; private set; }

    public int StateCount => _states.Count;

    public CelFrame Frame => _frame;

    public KeyState? State(string key) => _states.GetValueOrDefault(key);

    /// <summary>The state, as it would be stored.</summary>
    public string Stored(string key)
    {
        var writer = new StateWriter();
        _detector.Write(_states[key], writer);
        return Convert.ToHexString(writer.Written.Span);
    }

    /// <summary>Puts a stored state in place, as recovery does.</summary>
    public void Restore(string key, string stored)
    {
        var reader = new StateReader(Convert.FromHexString(stored));
        _states[key] = Named(_detector.Read(reader), key);
        if (!reader.IsAtEnd)
            throw new InvalidOperationException("a state was not read to its end");
        if (key == _detector.Population?.SharedKey)
            _shared = _states[key];
        else if (_shared is not null)
            _detector.Population!.Join(_states[key], _shared);
    }

    public DetectorDriver Feed(params IEnumerable<Sample> samples)
    {
        foreach (Sample sample in samples)
            Feed(sample);
        return this;
    }

    /// <summary>Lets time come to an instant: what is due there happens, after its events.</summary>
    public DetectorDriver Until(int seconds)
    {
        RunTimers(Seconds.Ticks(seconds) + 1);
        return this;
    }

    public void Enter(string key, int at)
    {
        BlankFrame(key);
        _detector.Population!.Enter(StateOf(key), Seconds.Ticks(at), _frame, this);
        Settle(key);
    }

    public void Leave(string key, int at)
    {
        BlankFrame(key);
        _detector.Population!.Leave(_states[key], Seconds.Ticks(at), _frame, this);
        Settle(key);
    }

    void IDetectionSink.Take(in Detected detected) => Findings.Add(
        new Finding(Seconds.From(detected.AtTicks), detected.Kind, _key, detected.Instance, detected.Reason)
        {
            OpenerId = detected.OpenerId,
            Contributions = detected.Contributions,
            Names = [.. _frame.Records[FrameRecords.Detector]],
            Steps = _frame.Records[FrameRecords.FirstStep..],
        });

    void IDetectionSink.CountOverflow() => Overflows++;

    void IDetectionSink.CountError() => Errors++;

    void IDetectionSink.Touch(KeyState other) => _touched.Add(other);

    private void Feed(Sample sample)
    {
        RunTimers(Seconds.Ticks(sample.At));
        EventRecord record = sample.ToRecord();
        _frame.Records[FrameRecords.Event] = record.Slots;
        _lastEvents[sample.Key] = record.Slots;
        EventInterest interest = _detector.InterestIn(sample.Sources, _frame, this);
        if (interest == EventInterest.None || (interest == EventInterest.IfKnown && !_states.ContainsKey(sample.Key)))
            return;
        _key = sample.Key;
        _detector.OnEvent(StateOf(sample.Key), sample.Sources, record, _frame, this);
        Settle(sample.Key);
    }

    private void RunTimers(long beforeTicks)
    {
        for (int fired = 0; fired < 1_000_000; fired++)
        {
            KeyState? due = NextDue();
            if (due is null || due.DueTicks >= beforeTicks)
                return;
            BlankFrame(due.Key);
            _detector.OnTimer(due, due.DueTicks, _frame, this);
            Settle(due.Key);
        }

        throw new InvalidOperationException("timers without end");
    }

    private KeyState? NextDue() =>
        _states.Values.Where(state => state.DueTicks != TimerNode.NeverTicks).MinBy(state => (state.DueTicks, state.Key));

    private void BlankFrame(string key)
    {
        _key = key;
        _frame.Records[FrameRecords.Event] = _lastEvents.GetValueOrDefault(key, []);
        Array.Clear(_frame.Records[FrameRecords.Detector]);
    }

    private KeyState StateOf(string key)
    {
        if (_states.TryGetValue(key, out KeyState? state))
            return state;
        state = _states[key] = Named(_detector.NewState(), key);
        if (_shared is not null)
            _detector.Population!.Join(state, _shared);
        return state;
    }

    private static KeyState Named(KeyState state, string key)
    {
        state.Key = key;
        return state;
    }

    private void Settle(string key)
    {
        CheckTouched(key);
        if (_states.TryGetValue(key, out KeyState? state) && state.IsEmpty)
        {
            _states.Remove(key);
            _scheduled.Remove(key);
        }

        if (_forgetting is not null && _forgetting.Next(4) == 0)
            Recover();
    }

    // The owner schedules and stores only what it is told of: a due instant that changed unsaid would be lost.
    private void CheckTouched(string key)
    {
        foreach (KeyState state in _states.Values)
        {
            if (_scheduled.TryGetValue(state.Key, out long due) && due != state.DueTicks && state.Key != key && !_touched.Contains(state))
                throw new InvalidOperationException($"the state of {state.Key} was changed without a word");
            _scheduled[state.Key] = state.DueTicks;
        }

        _touched.Clear();
    }

    // As after a crash: every state is what was stored of it.
    private void Recover()
    {
        string? sharedKey = _detector.Population?.SharedKey;
        foreach (string key in _states.Keys.OrderBy(key => key != sharedKey).ToList())
        {
            var writer = new StateWriter();
            _detector.Write(_states[key], writer);
            var reader = new StateReader(writer.Written.ToArray());
            KeyState read = _states[key] = Named(_detector.Read(reader), key);
            if (!reader.IsAtEnd)
                throw new InvalidOperationException("a state was not read to its end");
            if (key == sharedKey)
                _shared = read;
            else if (_shared is not null)
                _detector.Population!.Join(read, _shared);
        }
    }
}
