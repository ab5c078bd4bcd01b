using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// From raw records to the steps of districts, one record after the other in read order: decode, window, front, release, the event itself.
/// Batches only group the steps, so that results do not depend on how the stream is cut.
/// </summary>
/// <remarks>
/// What districts may rely on: the fronts of a district's steps never fall. A step of an event that is handed over at once (class without
/// lateness, or the event came behind the watermark) has the front after the event, and says how the event stands to the watermark. A step of an
/// event that waited has its time plus its lateness as front, the very front at which it may go: it is never late, and a timer due before it fires
/// before it, however far one record moved the front.
/// </remarks>
internal sealed partial class Intake
{
    private static readonly Rejection Conflicting = new(RejectionCodes.Conflict, "the same source and id came before with other data");
    private static readonly Rejection KilledTwice = new(RejectionCodes.Poison, "the record ended the process twice and is not tried again");

    private readonly LaneOptions _options;
    private readonly LaneRules _rules;
    private readonly IRecordDecoder _decoder;
    private readonly IEventWindow _window;
    private readonly ReorderBuffer _buffer = new();
    private readonly InputProgress[] _inputs;
    private readonly List<ScreenedEvent> _screened = [];
    private readonly List<DedupQuestion> _questions = [];

    public Intake(LaneOptions options, LaneRules rules, IRecordDecoder decoder, IEventWindow window, ImmutableArray<InputDescription> inputs)
    {
        _options = options;
        _rules = rules;
        _decoder = decoder;
        _window = window;
        _inputs = [.. inputs.Select(input => new InputProgress(input, options.IsReplay))];
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<InputProgress> Inputs => _inputs;

    /// <summary>The batch that records are taken into.</summary>
    public BatchDraft Draft { get; set; } = new(1);

    /// <summary>The event time that all inputs which count have reached. Never falls.</summary>
    public long FrontTicks { get; private set; } = long.MinValue;

    /// <summary>The highest event time accepted.</summary>
    public long HighestTicks { get; private set; } = long.MinValue;

    /// <summary>The newest <c>now</c>. Never falls.</summary>
    public long NowTicks { get; private set; } = long.MinValue;

    /// <summary>What has to be read again before anything new.</summary>
    public FrontierRefill Refill { get; } = new();

    /// <summary>Records that ended the process twice while they were tried alone.</summary>
    public HashSet<Coordinate> Poison { get; } = [];

    /// <summary>Events waiting in buffers.</summary>
    public int BufferedEvents => _buffer.Count;

    /// <summary>Questions that wait for an answer of the shared memory before their events go on.</summary>
    public ImmutableArray<DedupQuestion> Questions => [.. _questions];

    /// <summary>Whether screened events wait for an answer.</summary>
    public bool AwaitsAnswer => _screened.Count > 0;

    /// <summary>Takes one record into the draft. A record below the read offset is only there to fill buffers again.</summary>
    public void Take(InputProgress input)
    {
        InputRecord record = input.Waiting.Dequeue();
        if (record.Offset < input.ReadOffset)
        {
            TakeAgain(record);
            return;
        }

        input.ReadOffset = record.NextOffset;
        Draft.Records++;
        if (input.IsPeoples)
        {
            Obey(input, record);
            return;
        }

        Draft.Tally.Events++;
        Screen(record);
    }

    /// <summary>Goes on with the screened events as the shared memory has answered.</summary>
    public void Answer(ImmutableArray<DedupAnswer> answers)
    {
        int next = 0;
        foreach (ScreenedEvent screened in _screened)
        {
            DedupAnswer answer = screened.Bucket.IsEmpty ? DedupAnswer.Ours : answers[next++];
            if (answer == DedupAnswer.Unavailable)
                Draft.Tally.DedupDegraded++;
            if (answer == DedupAnswer.Theirs)
                Draft.Tally.Duplicates++;
            else
                Place(screened);
        }

        _screened.Clear();
        _questions.Clear();
    }

    private void Screen(in InputRecord record)
    {
        Coordinate at = new(record.Input, record.Offset);
        Rejection? rejection = Poison.Contains(at) ? KilledTwice : _decoder.Decode(record, Bounds());
        WindowVerdict verdict = rejection is null ? Admit(at) : WindowVerdict.New;
        if (verdict == WindowVerdict.Conflict)
            rejection = Conflicting;
        if (rejection is not null)
            Reject(record, rejection);
        else if (verdict == WindowVerdict.Duplicate)
            Draft.Tally.Duplicates++;
        else
            PlaceOrAsk(at);
    }

    /// <summary>The window's verdict on the event just decoded: its own identity first, then the observation's where one is declared.</summary>
    private WindowVerdict Admit(Coordinate at)
    {
        IDecodedEvent decoded = _decoder.Event;
        WindowVerdict verdict = Admit(decoded.Key, decoded.PayloadHash, at);
        return verdict == WindowVerdict.New && decoded.ObservationKey is { } observation ? Admit(observation, 0, at) : verdict;
    }

    private WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at)
    {
        WindowVerdict verdict = _window.Admit(key, payloadHash, at);
        if (verdict == WindowVerdict.New)
            Draft.Admitted.Add(new AdmittedKey(key, payloadHash, at));
        return verdict;
    }

    private void PlaceOrAsk(Coordinate at)
    {
        IDecodedEvent decoded = _decoder.Event;
        // An event that no rule reads, or that passes no rule's first comparison, changes nothing but counters and the front: it is never
        // made into a record, nor asked about.
        RuleBucket bucket = _rules.Find(decoded.Type, decoded.District);
        if (!bucket.IsEmpty && !decoded.Concerns(bucket))
            bucket = RuleBucket.Empty;
        ScreenedEvent screened = new(at, decoded.District, decoded.TimeTicks, bucket, bucket.IsEmpty ? null : decoded.Keep());
        if (!_options.AsksDedup)
        {
            Place(screened);
            return;
        }

        _screened.Add(screened);
        if (!bucket.IsEmpty)
            _questions.Add(new DedupQuestion(decoded.Key, at));
    }

    /// <summary>
    /// A command or feedback: to its district, or back to its sender. No window and no shared memory is asked: its district remembers its id.
    /// </summary>
    private void Obey(InputProgress input, in InputRecord record)
    {
        Draft.Tally.Commands++;
        bool isPoison = Poison.Contains(new Coordinate(record.Input, record.Offset));
        CommandReading reading = isPoison ? CommandReading.Rejected(KilledTwice) : _decoder.DecodeCommand(record, Bounds());
        if (reading.Rejection is { } rejection)
            Reject(record, rejection);
        else if (reading.Refusal is { } refusal)
            Draft.Outputs.Add(refusal);
        else if (reading.Command is { } command)
            Hand(input, reading.District, command);
    }

    /// <summary>A finite input of commands holds the front: no event is judged by a front that passes a command not yet read.</summary>
    private void Hand(InputProgress input, string district, DistrictCommand command)
    {
        Draft.Add(district, new BatchStep(FrontTicks, null, null, 0, Command: command));
        if (!input.MakesFront)
            return;
        input.MaxTimeTicks = Math.Max(input.MaxTimeTicks, command.AtTicks);
        RaiseFront();
    }

    private void Reject(in InputRecord record, Rejection rejection)
    {
        Draft.Outputs.Add(_decoder.DeadLetter(record, rejection));
        Draft.Tally.CountDeadLetter(rejection.Code);
    }

    /// <summary>An event that passed, or that waits for the answer whether it is ours.</summary>
    private readonly record struct ScreenedEvent(Coordinate At, string District, long TimeTicks, RuleBucket Bucket, EventRecord? Event);
}
