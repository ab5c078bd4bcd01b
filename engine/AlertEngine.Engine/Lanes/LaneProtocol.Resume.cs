using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>Halts that a person may decide about, and how the lane goes on after the decision: it is journaled before anything follows from it.</content>
public sealed partial class LaneProtocol
{
    private ImmutableArray<int> _recreated = [];
    private ResumeRow? _resume;
    private OutputTail _tailBehindResume = new([], []);

    private bool IsAccepted(HaltCause cause, string reason) => _options.Consent is { } consent && consent.Cause == cause && consent.Reason == reason;

    /// <summary>Whether the lane may go on over its inputs of now; it is halted where it may not.</summary>
    private bool AcceptsInputs(ImmutableArray<InputIdentity> inputs)
    {
        if (_knownInputs.IsEmpty || _knownInputs.SequenceEqual(inputs))
            return true;
        if (Regrown(inputs) is { } regrown)
        {
            Halt(regrown, HaltCause.Repartitioned);
            return false;
        }

        string reason = $"lane {_options.Lane} was journaled over other inputs: {Describe(_knownInputs)}; now they are {Describe(inputs)}";
        bool isSameList = _knownInputs.Select(WithoutId).SequenceEqual(inputs.Select(WithoutId));
        HaltCause cause = isSameList ? HaltCause.Recreated : HaltCause.Damage;
        if (!isSameList || !IsAccepted(cause, reason))
        {
            Halt(reason, cause);
            return false;
        }

        _recreated = [.. Enumerable.Range(0, inputs.Length).Where(number => _knownInputs[number] != inputs[number])];
        return true;
    }

    /// <summary>The reason to halt where topics have other numbers of partitions than when the lane last ran: a district may be another lane's now.</summary>
    private string? Regrown(ImmutableArray<InputIdentity> inputs)
    {
        string[] changed =
        [
            .. _knownInputs.Join(inputs, input => input.Topic, input => input.Topic, (known, now) => (Known: known, Now: now))
                .Where(pair => pair.Known.Partitions != pair.Now.Partitions)
                .Select(pair => $"{pair.Known.Topic} had {pair.Known.Partitions} and has {pair.Now.Partitions}"),
        ];
        return changed.Length == 0 ? null : $"lane {_options.Lane} was journaled over other numbers of partitions: {string.Join(", ", changed)}";
    }

    /// <summary>
    /// Outputs beyond the journal's end halt the lane, unless a person has accepted that: numbers go on above them, in a run of its own, and what is
    /// read again from the journal's frontier is sent again.
    /// </summary>
    private bool AcceptsPublished(long highest)
    {
        if (highest <= _outbox.EmitSeq)
            return true;
        string reason = $"lane {_options.Lane} has published up to output {highest}, its journal ends at {_outbox.EmitSeq}: was it restored from an old backup?";
        if (!IsAccepted(HaltCause.Rewind, reason))
        {
            Suspect(reason, HaltCause.Rewind);
            return false;
        }

        _resume = new ResumeRow(highest, RunBehind(_position?.RunId), _recreated, Identities());
        return true;
    }

    private void GoOnOrJournal(OutputTail tail)
    {
        if (_resume is null && !_recreated.IsEmpty)
            _resume = new ResumeRow(_outbox.EmitSeq, _outbox.RunId, _recreated, Identities());
        _tailBehindResume = tail;
        if (_resume is null)
        {
            RepublishBehind();
            return;
        }

        _phase = LanePhase.Resuming;
        Write([_resume]);
    }

    private void OnResumed()
    {
        Apply(_resume!);
        // The position that goes out next says where the topics of now are read.
        _durableOffsets = [.. _intake.Marks().Select(mark => mark.ReadOffset)];
        RepublishBehind();
    }

    private void Apply(ResumeRow row)
    {
        _knownInputs = row.Inputs;
        _outbox.Resume(row.EmitSeq, row.RunId);
        _intake.Restart(row.Recreated);
    }

    /// <summary>What is durable and not visible goes out, whatever was decided: a decision about inputs does not make outputs published.</summary>
    private void RepublishBehind() => Republish(_position?.EmitSeq ?? 0, [.. _tailBehindResume.Visible]);

    /// <summary>Runs are numbered from 1; an output that does not know of runs counts as the first.</summary>
    private static string RunBehind(string? runId) =>
        ((int.TryParse(runId, NumberStyles.None, CultureInfo.InvariantCulture, out int run) ? run : 1) + 1).ToString(CultureInfo.InvariantCulture);

    private static (string Topic, int Partition) WithoutId(InputIdentity input) => (input.Topic, input.Partition);
}
