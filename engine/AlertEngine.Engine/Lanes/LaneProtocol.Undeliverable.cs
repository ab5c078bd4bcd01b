using System.Collections.Immutable;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;

namespace AlertEngine.Engine.Lanes;

/// <content>
/// Outputs that the broker refuses for good. Each is journaled with the next batch, which brings a dead letter in its place; until that is durable
/// nothing more is published, because a position behind a number says that the number is visible.
/// </content>
public sealed partial class LaneProtocol
{
    /// <summary>The code of dead letters that stand for outputs refused by the broker.</summary>
    public const string UndeliverableCode = "undeliverable";

    private readonly List<UndeliverableOutput> _refused = [];
    private ImmutableArray<RefusedOutput> _suspected = [];
    private bool _awaitsRefusals;
    private bool _recyclesFirst;

    /// <summary>
    /// A client whose transaction was refused whole cannot even abort it, so the outcome is unknown like any other: what is to blame is looked at once
    /// the position has told that it is not visible. A lane that is being taken over goes on to where it can journal that.
    /// </summary>
    private void OnUnknown(ImmutableArray<RefusedOutput> refused)
    {
        _publishAttempts++;
        _suspected = refused.IsDefault ? [] : refused;
        if (_phase != LanePhase.Republishing || _suspected.IsEmpty)
        {
            Recycle();
            return;
        }

        _outbox.Abandon();
        _recyclesFirst = true;
        Go(LanePhase.Seeking, new LaneCommand.Seek(_intake.SeekOffsets()));
    }

    /// <summary>
    /// Takes up what the broker refused: what can never pass at once, the rest when it was refused as often as a publication is tried. The topic of
    /// dead letters is the last place there is: while it refuses, the lane waits, and nothing is lost.
    /// </summary>
    private void Refuse(ImmutableArray<RefusedOutput> refusals)
    {
        if (refusals.IsDefaultOrEmpty)
            return;
        foreach (RefusedOutput refusal in refusals)
        {
            if (!refusal.IsForGood && _publishAttempts < _options.PublishAttempts)
                continue;
            NumberedOutput? refused = _outbox.Find(refusal.EmitSeq);
            if (refused is not { } output || output.Output.Topic == DeadLetterWriter.Topic)
                continue;
            _refused.Add(new UndeliverableOutput(output.EmitSeq, output.TopicSeq, output.Output, refusal.Reason));
            _commands.Add(new LaneCommand.Notice($"output {output.EmitSeq} of lane {_options.Lane} is undeliverable: {refusal.Reason}"));
        }

        _awaitsRefusals = _refused.Count > 0;
    }

    /// <summary>Puts what was refused into the batch that is closed now.</summary>
    private void Declare(BatchDraft draft)
    {
        foreach (UndeliverableOutput refused in _refused)
        {
            draft.Undeliverable.Add(refused.EmitSeq);
            draft.Tally.Undeliverable++;
            draft.Outputs.Add(OutputLetter.Write(
                refused.Output, new LostNumbers(refused.EmitSeq, refused.TopicSeq), UndeliverableCode, refused.Reason, _rules.Hash, _options.OutputLimits.Of(DeadLetterWriter.Topic)));
        }

        _refused.Clear();
    }

    /// <summary>What a durable batch says to be undeliverable is not tried again.</summary>
    private void GiveUp(IReadOnlyCollection<long> undeliverable)
    {
        if (undeliverable.Count == 0)
            return;
        _outbox.Remove(undeliverable);
        _awaitsRefusals = false;
    }

    private Output Bound(Output output, LaneTally tally)
    {
        Output bounded = _bounds.Bound(output, out OutputFit fit);
        tally.Trimmed += fit == OutputFit.Trimmed ? 1 : 0;
        tally.Undeliverable += fit == OutputFit.Replaced ? 1 : 0;
        return bounded;
    }

    private sealed record UndeliverableOutput(long EmitSeq, long TopicSeq, Output Output, string Reason);
}
