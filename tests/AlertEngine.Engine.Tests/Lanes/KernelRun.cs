using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Contracts;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>Drives one district's kernel as its lane would: events that wait for nothing in order of arrival, the others when the front has passed them.</summary>
internal sealed class KernelRun(RuleSet rules, bool checksContract = true, PeopleClock clock = PeopleClock.Event)
{
    private readonly RuleIndex _index = new(rules.Rules);
    private readonly ReorderBuffer _buffer = new();
    private readonly List<DistrictSlice> _slices = [];
    private readonly List<(long Sequence, DistrictDelta Delta)> _behind = [];
    private bool _isSnapshotWhole;
    private long _sequence;
    private long _taken;
    private long _frontTicks = long.MinValue;

    public DistrictKernel Kernel { get; private set; } = new("D1", rules, new RuleIndex(rules.Rules), new KernelOptions(clock));

    /// <summary>What the wall clock shows at the next batch.</summary>
    public long NowTicks { get; set; }

    public List<Output> Outputs { get; } = [];

    public List<ReadOnlyMemory<byte>> Deltas { get; } = [];

    /// <summary>One batch of these events.</summary>
    public KernelRun Events(params EventRecord[] events) => Take([.. events.SelectMany(StepsOf)]);

    /// <summary>A batch with changes of the context only, before any event.</summary>
    public KernelRun Switch(long frontTicks, params ContextChange[] changes)
    {
        _frontTicks = Math.Max(_frontTicks, frontTicks);
        return Take([.. changes.Select(change => new BatchStep(_frontTicks, null, null, 0, Change: change))]);
    }

    /// <summary>A batch without events: time goes on beyond the instant.</summary>
    public KernelRun Pass(long ticks)
    {
        return Take([.. Raise(ticks + 1), new BatchStep(_frontTicks, null, null, 0)]);
    }

    /// <summary>A batch with one command, while time stands still.</summary>
    public KernelRun Command(DistrictCommand command) => Take([new BatchStep(_frontTicks, null, null, 0, Command: command)]);

    /// <summary>A new kernel with the state that the deltas tell, as after a crash.</summary>
    public KernelRun Recover()
    {
        Begin();
        foreach (ReadOnlyMemory<byte> delta in Deltas)
            Kernel.Apply(delta);
        return this;
    }

    /// <summary>A new kernel with the state of a snapshot.</summary>
    public KernelRun RestoreSnapshot()
    {
        ReadOnlyMemory<byte> snapshot = Kernel.EncodeSnapshot();
        Begin();
        Kernel.Restore(snapshot);
        return this;
    }

    /// <summary>Takes the next part of a snapshot, the first of a new one where none is under way.</summary>
    public KernelRun TakePart(int maxBytes)
    {
        if (_isSnapshotWhole)
            ForgetSnapshot();
        StatePart part = Kernel.EncodePart(_slices.Count, _sequence, maxBytes);
        _slices.Add(new DistrictSlice("D1", _slices.Count, part.Sequence, part.State));
        _isSnapshotWhole = part.IsLast;
        return this;
    }

    /// <summary>A new kernel with the state of a snapshot in parts and what is behind its first; where there is none that is whole, as it was.</summary>
    public KernelRun RestoreParts()
    {
        if (!_isSnapshotWhole)
            return this;
        var recovered = new RecoveredSlices();
        LaneCommand[] commands = [.. recovered.Begin(_slices), .. _behind.SelectMany(one => recovered.Apply(one.Delta, one.Sequence)), .. recovered.End(_sequence)];
        Begin();
        foreach (LaneCommand command in commands)
        {
            if (command is LaneCommand.RestoreDistrict restore)
                Kernel.Restore(restore.State);
            else
                Kernel.Apply(((LaneCommand.ApplyDelta)command).Delta);
        }

        return this;
    }

    public ImmutableArray<string> Types => [.. Outputs.Select(output => Json(output).GetProperty("type").GetString()!)];

    public ImmutableArray<JsonElement> Orders => [.. Outputs.Where(output => output.Kind == OutputKind.WorkOrder).Select(output => Json(output).GetProperty("data"))];

    public ImmutableArray<JsonElement> Replies => [.. Outputs.Where(output => output.Kind == OutputKind.Reply).Select(output => Json(output).GetProperty("data"))];

    /// <summary>How many events came late.</summary>
    public long Late { get; private set; }

    /// <summary>The keys of the alerts' messages of a type.</summary>
    public IEnumerable<string> AlertKeys(string type) =>
        Outputs.Where(output => output.Kind == OutputKind.Alert).Select(Json).Where(json => json.GetProperty("type").GetString() == type).Select(json => json.GetProperty("data").GetProperty("key").GetString()!);

    public string Text => string.Join('\n', Outputs.Select(output => System.Text.Encoding.UTF8.GetString(output.Value.Span)));

    private void Begin()
    {
        Kernel = new DistrictKernel("D1", rules, _index, new KernelOptions(clock));
        ForgetSnapshot();
    }

    private void ForgetSnapshot()
    {
        _slices.Clear();
        _behind.Clear();
        _isSnapshotWhole = false;
    }

    private IEnumerable<BatchStep> StepsOf(EventRecord @event)
    {
        foreach (BatchStep released in Raise(@event.TimeTicks))
            yield return released;
        RuleBucket bucket = _index.Find(@event.Type, @event.District);
        for (int one = 0; one < _index.Classes.Length; one++)
        {
            long latenessTicks = (long)_index.Classes[one].TotalTicks;
            if ((bucket.Classes >> one & 1) == 0)
                continue;
            if (_buffer.Place(new WaitingEvent(new Coordinate(0, _taken++), @event, bucket, one), latenessTicks, _frontTicks) is { } punctuality)
                yield return new BatchStep(_frontTicks, @event, bucket, one, punctuality);
        }
    }

    /// <summary>Raises the front; what it passes of the events that wait goes first, each at its own front.</summary>
    private IEnumerable<BatchStep> Raise(long frontTicks)
    {
        if (frontTicks <= _frontTicks)
            yield break;
        while (_buffer.TryRelease(frontTicks, out WaitingEvent released, out long releaseTicks))
        {
            _frontTicks = Math.Max(_frontTicks, releaseTicks);
            yield return new BatchStep(_frontTicks, released.Event, released.Bucket, released.ClassNumber);
        }

        _frontTicks = frontTicks;
    }

    private KernelRun Take(ImmutableArray<BatchStep> steps)
    {
        DistrictResult result = Kernel.Evaluate(new DistrictBatch("D1", ++_sequence, NowTicks, steps));
        if (checksContract)
            Assert.All(result.Outputs, output => Assert.Empty(OutputContract.Faults(output)));
        Outputs.AddRange(result.Outputs);
        Late += result.Tally.Late;
        if (!result.Delta.IsEmpty)
            Deltas.Add(result.Delta);
        _behind.Add((_sequence, new DistrictDelta("D1", result.Delta, 0, 0)));
        return this;
    }

    private static JsonElement Json(Output output) => JsonDocument.Parse(output.Value).RootElement;
}
