using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The numbers of a lane's outputs, and those that are durable but not yet published. Published is always a prefix: what was visible ahead of
/// a gap after a crash has been taken out by the tail check. Not thread-safe.
/// </summary>
internal sealed class Outbox(string runId)
{
    private readonly SortedDictionary<string, long> _topicSeqs = new(StringComparer.Ordinal);
    private Queue<NumberedOutput> _unpublished = new();
    private int _inFlight;

    /// <summary>The last number given.</summary>
    public long EmitSeq { get; private set; }

    /// <summary>Tells what was published before an accepted rewind from what came after.</summary>
    public string RunId { get; private set; } = runId;

    /// <summary>Up to which number the journal no longer holds the outputs: they must have been published.</summary>
    public long Floor { get; private set; }

    /// <summary>Outputs durable and not published.</summary>
    public int Count => _unpublished.Count;

    /// <summary>Whether a publication is under way.</summary>
    public bool IsPublishing => _inFlight > 0;

    /// <summary>Numbers the outputs of a batch. They are not yet published from here.</summary>
    public ImmutableArray<NumberedOutput> Number(ImmutableArray<Output> outputs)
    {
        ImmutableArray<NumberedOutput>.Builder numbered = ImmutableArray.CreateBuilder<NumberedOutput>(outputs.Length);
        foreach (Output output in outputs)
        {
            long topicSeq = _topicSeqs.GetValueOrDefault(output.Topic) + 1;
            _topicSeqs[output.Topic] = topicSeq;
            EmitSeq++;
            numbered.Add(new NumberedOutput(EmitSeq, topicSeq, output));
        }

        return numbered.MoveToImmutable();
    }

    /// <summary>The batch of these outputs is durable: they may be published.</summary>
    public void Append(ImmutableArray<NumberedOutput> outputs)
    {
        foreach (NumberedOutput output in outputs)
            _unpublished.Enqueue(output);
    }

    /// <summary>Begins a publication of the next outputs.</summary>
    public ImmutableArray<NumberedOutput> Begin(int limit)
    {
        ImmutableArray<NumberedOutput> taken = [.. _unpublished.Take(limit)];
        _inFlight = taken.Length;
        return taken;
    }

    /// <summary>The publication under way is visible.</summary>
    public void Commit()
    {
        for (; _inFlight > 0; _inFlight--)
            _unpublished.Dequeue();
    }

    /// <summary>The publication under way is not visible, or nobody knows: its outputs stay.</summary>
    public void Abandon() => _inFlight = 0;

    /// <summary>Numbers go on above what others have seen; in another run those of each topic begin again.</summary>
    public void Resume(long emitSeq, string runId)
    {
        EmitSeq = emitSeq;
        if (runId != RunId)
            _topicSeqs.Clear();
        RunId = runId;
    }

    /// <summary>An output that is not yet published; null where there is none of that number.</summary>
    public NumberedOutput? Find(long emitSeq)
    {
        foreach (NumberedOutput output in _unpublished)
        {
            if (output.EmitSeq == emitSeq)
                return output;
        }

        return null;
    }

    /// <summary>Takes out what nobody will publish any more.</summary>
    public void Remove(IReadOnlyCollection<long> undeliverable) =>
        _unpublished = new Queue<NumberedOutput>(_unpublished.Where(output => !undeliverable.Contains(output.EmitSeq)));

    /// <summary>Takes out what is published: everything up to a number, and what else is visible.</summary>
    public void Drop(long upTo, IReadOnlySet<long> visible) =>
        _unpublished = new Queue<NumberedOutput>(_unpublished.Where(output => output.EmitSeq > upTo && !visible.Contains(output.EmitSeq)));

    /// <summary>Writes the numbers; unpublished outputs are not in a snapshot, because it waits for them.</summary>
    public void Encode(StateWriter writer)
    {
        writer.Signed(EmitSeq);
        writer.Text(RunId);
        writer.Count(_topicSeqs.Count);
        foreach ((string topic, long topicSeq) in _topicSeqs)
        {
            writer.Text(topic);
            writer.Signed(topicSeq);
        }
    }

    /// <summary>Restores the numbers.</summary>
    public void Restore(StateReader reader)
    {
        Floor = EmitSeq = reader.Signed();
        RunId = reader.RequiredText();
        _topicSeqs.Clear();
        for (int left = reader.Count(); left > 0; left--)
            _topicSeqs[reader.RequiredText()] = reader.Signed();
    }

    /// <summary>Whether everything up to a number is published.</summary>
    public bool IsPublished(long emitSeq) => emitSeq <= EmitSeq && (_unpublished.Count == 0 || _unpublished.Peek().EmitSeq > emitSeq);
}
