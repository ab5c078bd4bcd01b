using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Testing.Lanes;

/// <summary>
/// A kernel that says what it saw: each step with an event is an output that holds the event, its class, its place and a running hash of all
/// before it, and each event sets a timer. A step lost, repeated, reordered or evaluated on another state shows in every later output.
/// </summary>
public sealed class TracingKernel(string district) : IDistrictKernel
{
    private const long TimerTicks = 7 * TimeSpan.TicksPerSecond;

    private readonly List<(long Due, string Id)> _timers = [];
    private ulong _hash;
    private long _count;

    public long NextDueFrontTicks => _timers.Count == 0 ? long.MaxValue : _timers.Min(timer => timer.Due);

    public long NextDueNowTicks => long.MaxValue;

    public DistrictResult Evaluate(DistrictBatch batch)
    {
        List<Output> outputs = [];
        ulong before = _hash;
        long opened = 0;
        foreach (BatchStep step in batch.Steps)
        {
            FireBelow(step.FrontTicks, outputs);
            if (step.Command is { } command)
                Say(outputs, OutputKind.Reply, $"command {command.Id}");
            if (step.Event is null)
                continue;
            opened++;
            Say(outputs, OutputKind.Alert, $"{step.Event.Id} class {step.ClassNumber}{(step.Punctuality == Punctuality.InTime ? "" : $" {step.Punctuality.ToString().ToLowerInvariant()}")}");
            if (step.ClassNumber == 0)
                _timers.Add((step.Event.TimeTicks + TimerTicks, step.Event.Id));
        }

        ReadOnlyMemory<byte> delta = before == _hash ? default : Encode();
        return new DistrictResult(
            district, batch.Sequence, delta, [.. outputs], NextDueFrontTicks, NextDueNowTicks, new EvaluationTally(batch.Steps.Length, 0, 0, opened, 0, 0, 0, 0));
    }

    public void Apply(ReadOnlyMemory<byte> delta) => Restore(delta);

    public StatePart EncodePart(int part, long sequence, int maxBytes) => new(sequence, Encode(), IsLast: true);

    public void Restore(ReadOnlyMemory<byte> first)
    {
        StateReader reader = new(first);
        _hash = reader.Unsigned();
        _count = reader.Signed();
        _timers.Clear();
        for (int left = reader.Count(); left > 0; left--)
            _timers.Add((reader.Signed(), reader.RequiredText()));
    }

    private ReadOnlyMemory<byte> Encode()
    {
        StateWriter writer = new();
        writer.Unsigned(_hash);
        writer.Signed(_count);
        writer.Count(_timers.Count);
        foreach ((long due, string id) in _timers)
        {
            writer.Signed(due);
            writer.Text(id);
        }

        return writer.Written;
    }

    private void FireBelow(long frontTicks, List<Output> outputs)
    {
        while (_timers.Count > 0 && NextDueFrontTicks < frontTicks)
        {
            (long Due, string Id) fired = _timers.Min();
            _timers.Remove(fired);
            Say(outputs, OutputKind.WorkOrder, $"timer of {fired.Id}");
        }
    }

    private void Say(List<Output> outputs, OutputKind kind, string what)
    {
        _count++;
        _hash = StableHash.Of($"{_hash} {what}");
        outputs.Add(new Output(kind, kind.ToString(), district, Encoding.UTF8.GetBytes($$"""{"district":"{{district}}","n":{{_count}},"what":"{{what}}","hash":{{_hash}}}""")));
    }
}
