using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.Workload;

namespace AlertEngine.Simulation.Checks;

/// <summary>
/// What a lane has made durable, batch after batch, checked as it becomes so. Beside it runs an undisturbed lane's kernels: they are never
/// killed, are handed what the lane handed out, with the stored <c>now</c>s, and must say the same, byte for byte.
/// </summary>
internal sealed class LaneHistory(int lane, IReadOnlyList<NumberedOutput> forgotten)
{
    private readonly BatchChain _chain = new();
    private readonly SortedDictionary<string, IDistrictKernel> _undisturbed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _topicSeqs = new(StringComparer.Ordinal);
    private readonly List<NumberedOutput> _outputs = [];
    private BatchEvent? _last;

    /// <summary>Every output there ever was, in the order of its number, which begins at 1.</summary>
    public IReadOnlyList<NumberedOutput> Outputs => _outputs;

    public StepCheck Steps { get; } = new(lane);

    public LaneTally Tally { get; } = new();

    /// <summary>How far the inputs are read, by what is durable.</summary>
    public ImmutableArray<long>? ReadOffsets => _last is null ? null : [.. _last.Inputs.Select(mark => mark.ReadOffset)];

    /// <summary>Whether the last batch left something to do: timers that are due are.</summary>
    public long Sequence => _last?.Sequence ?? 0;

    public void Take(LaneRow row, BatchEvidence? evidence)
    {
        if (row is BatchPart part && _chain.Take(part) is { } batch)
            Take(batch, evidence ?? new BatchEvidence([]));
        else if (row is ResumeRow resume)
            Resume(resume);
    }

    /// <summary>A person has let the lane go on: numbers go on above what readers have seen, and inputs that were created anew begin anew.</summary>
    private void Resume(ResumeRow row)
    {
        Demand(row.EmitSeq >= _outputs.Count && row.EmitSeq <= Math.Max(forgotten.Count, _outputs.Count), $"a decision goes on behind output {row.EmitSeq}; {_outputs.Count} are durable, {forgotten.Count} were");
        if (row.EmitSeq > _outputs.Count)
            _topicSeqs.Clear();
        _outputs.AddRange(forgotten.Skip(_outputs.Count).Take((int)row.EmitSeq - _outputs.Count));
        if (_last is not null)
            _last = _last with { Inputs = [.. _last.Inputs.Select((mark, input) => row.Recreated.Contains(input) ? mark with { ReadOffset = IInputPort.Earliest } : mark)] };
    }

    private void Take(BatchEvent batch, BatchEvidence evidence)
    {
        Follows(batch);
        HasHeardPeople(batch, evidence);
        List<Output> said = [];
        foreach (DistrictResult result in Undisturbed(evidence).OrderBy(result => result.District, StringComparer.Ordinal))
            said.AddRange(result.Outputs);
        ImmutableArray<Output> outputs = CityWatermarks.Check(lane, batch, _last?.FrontTicks ?? long.MinValue);
        int deadLetters = outputs.Length - said.Count;
        Demand(deadLetters >= 0, $"batch {batch.Sequence} has {batch.Outputs.Length} outputs, an undisturbed lane has {said.Count}");
        for (int i = 0; i < outputs.Length; i++)
        {
            Output output = outputs[i];
            if (i < deadLetters)
                Demand(output.Kind is not (OutputKind.Alert or OutputKind.WorkOrder), $"batch {batch.Sequence} says {TextOf(output)}, which an undisturbed lane does not");
            else
                Demand(IsSame(output, said[i - deadLetters]), $"batch {batch.Sequence} says {TextOf(output)}, an undisturbed lane says {TextOf(said[i - deadLetters])}");
        }

        foreach (Output output in batch.Outputs)
            Number(output);
        Tally.Add(batch.Tally);
        _last = batch;
    }

    /// <summary>Nothing goes back: not the sequence, not the numbers, not the offsets, not the clocks.</summary>
    private void Follows(BatchEvent batch)
    {
        Demand(batch.Sequence == Sequence + 1 && batch.Predecessor == Sequence, $"batch {batch.Sequence} follows batch {Sequence}");
        Demand(batch.FirstEmitSeq == _outputs.Count + 1, $"batch {batch.Sequence} begins with output {batch.FirstEmitSeq} behind {_outputs.Count}");
        if (_last is null)
            return;
        Demand(batch.NowTicks >= _last.NowTicks, $"the now of batch {batch.Sequence} goes back");
        Demand(batch.FrontTicks >= _last.FrontTicks, $"the front of batch {batch.Sequence} goes back");
        for (int i = 0; i < batch.Inputs.Length; i++)
            Demand(batch.Inputs[i].ReadOffset >= _last.Inputs[i].ReadOffset, $"the frontier of batch {batch.Sequence} goes back");
    }

    /// <summary>People's time stands still until what people said while the lane was down is read: what was acknowledged is not escalated first.</summary>
    private void HasHeardPeople(BatchEvent batch, BatchEvidence evidence)
    {
        if (_last is null || batch.NowTicks == _last.NowTicks)
            return;
        for (int i = 0; i < evidence.PeopleEnds.Length; i++)
            Demand(Math.Max(0, batch.Inputs[i].ReadOffset) >= evidence.PeopleEnds[i], $"people's time goes on in batch {batch.Sequence} before commands are read to their end");
    }

    private List<DistrictResult> Undisturbed(BatchEvidence evidence)
    {
        List<DistrictResult> results = [];
        foreach (DistrictBatch handed in evidence.Batches)
        {
            Steps.Take(handed);
            if (!_undisturbed.TryGetValue(handed.District, out IDistrictKernel? kernel))
                _undisturbed[handed.District] = kernel = SimRules.NewKernel(handed.District);
            results.Add(kernel.Evaluate(handed));
        }

        return results;
    }

    private void Number(Output output)
    {
        long topicSeq = _topicSeqs[output.Topic] = _topicSeqs.GetValueOrDefault(output.Topic) + 1;
        _outputs.Add(new NumberedOutput(_outputs.Count + 1, topicSeq, output));
    }

    private void Demand(bool isSo, [InterpolatedStringHandlerArgument(nameof(isSo))] Otherwise otherwise)
    {
        if (!isSo)
            throw new SimulationViolation($"lane {lane}: {otherwise.ToString()}");
    }

    private static bool IsSame(Output one, Output other) =>
        one.Kind == other.Kind && one.Topic == other.Topic && one.Key == other.Key && one.Value.Span.SequenceEqual(other.Value.Span);

    private static string TextOf(Output output) => $"{output.Topic} {System.Text.Encoding.UTF8.GetString(output.Value.Span)}";
}
