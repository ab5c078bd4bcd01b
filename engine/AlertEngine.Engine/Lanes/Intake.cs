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
    private readonly RecordOrigin _origin;
    private readonly IRecordDecoder _decoder;
    private readonly IEventWindow _window;
    private readonly ReorderBuffer _buffer;
    private readonly InputProgress[] _inputs;
    private readonly List<AskedEvent> _screened = [];
    private readonly List<DedupQuestion> _questions = [];

    public Intake(LaneOptions options, LaneRules rules, IRecordDecoder decoder, IEventWindow window, ImmutableArray<InputDescription> inputs)
    {
        _options = options;
        _rules = rules;
        _origin = new RecordOrigin(options.App);
        _decoder = decoder;
        _window = window;
        _buffer = new ReorderBuffer(ordersAll: options.IsCity);
        _inputs = [.. inputs.Select(input => new InputProgress(input, options.IsReplay, input.Kind == InputKind.Lanes ? options.SendingLanes : 0))];
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
        if (_origin.IsForeign(input.Description.Kind, record))
            return;
        if (input.IsPeoples)
        {
            Obey(input, record);
        }
        else if (_options.IsCity)
        {
            Hear(input, record);
        }
        else
        {
            Draft.Tally.Events++;
            Screen(input, record);
        }
    }

    /// <summary>
    /// Goes on with the screened events as the shared memory has answered. Only now are they remembered: the window would otherwise call the
    /// copy that the shared memory knows as the first, and that comes after this one, a duplicate of one that was dropped.
    /// </summary>
    public void Answer(ImmutableArray<DedupAnswer> answers)
    {
        int next = 0;
        foreach (AskedEvent asked in _screened)
        {
            if (asked.Event.Forwarded is not null)
            {
                Place(asked.Event);
                continue;
            }

            DedupAnswer answer = asked.Event.IsRead ? answers[next++] : DedupAnswer.Ours;
            if (answer == DedupAnswer.Unavailable)
                Draft.Tally.DedupDegraded++;
            if (answer == DedupAnswer.Theirs)
                Draft.Tally.Duplicates++;
            else if (Passes(Admit(asked.Keys, asked.Event.At), asked.Record))
                Place(asked.Event);
        }

        _screened.Clear();
        _questions.Clear();
    }

    private void Screen(InputProgress input, in InputRecord record)
    {
        Coordinate at = new(record.Input, record.Offset);
        Rejection? rejection = Poison.Contains(at) ? KilledTwice : _decoder.Decode(record, Bounds());
        if (rejection is not null)
        {
            Reject(record, rejection);
            return;
        }

        IDecodedEvent decoded = _decoder.Event;
        if (!IsOurs(decoded.District))
        {
            Forward(input, record, at);
            return;
        }

        EventKeys keys = new(decoded.Key, decoded.PayloadHash, decoded.ObservationKey);
        if (_options.AsksDedup)
            Ask(record, keys, at);
        else if (Passes(Admit(keys, at), record))
            Place(Screened(record, at));
    }

    /// <summary>Whether an event goes on; where it does not, it is counted or made a dead letter.</summary>
    private bool Passes(WindowVerdict verdict, in InputRecord record)
    {
        if (verdict == WindowVerdict.Conflict)
            Reject(record, Conflicting);
        else if (verdict == WindowVerdict.Duplicate)
            Draft.Tally.Duplicates++;
        return verdict is WindowVerdict.New or WindowVerdict.OwnReplay;
    }

    /// <summary>The window's verdict on an event: its own identity first, then the observation's where one is declared.</summary>
    private WindowVerdict Admit(in EventKeys keys, Coordinate at)
    {
        WindowVerdict verdict = Admit(keys.Key, keys.PayloadHash, at);
        return verdict == WindowVerdict.New && keys.Observation is { } observation ? Admit(observation, 0, at) : verdict;
    }

    private WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at)
    {
        WindowVerdict verdict = _window.Admit(key, payloadHash, at);
        if (verdict == WindowVerdict.New)
            Draft.Admitted.Add(new AdmittedKey(key, payloadHash, at));
        return verdict;
    }

    /// <summary>What the window knows already need not be asked; the rest waits for the answer, in order.</summary>
    private void Ask(in InputRecord record, in EventKeys keys, Coordinate at)
    {
        if (!Passes(_window.Judge(keys.Key, keys.PayloadHash, at), record))
            return;
        ScreenedEvent screened = Screened(record, at);
        _screened.Add(new AskedEvent(record, keys, screened));
        if (screened.IsRead)
            _questions.Add(new DedupQuestion(keys.Key, at));
    }

    private ScreenedEvent Screened(in InputRecord record, Coordinate at)
    {
        IDecodedEvent decoded = _decoder.Event;
        // An event that no rule reads, or that passes no rule's first comparison, changes nothing but counters and the front: it is never
        // made into a record, nor asked about.
        RuleBucket bucket = _rules.Find(decoded.Type, decoded.District);
        if (!bucket.IsEmpty && !decoded.Concerns(bucket))
            bucket = RuleBucket.Empty;
        return new ScreenedEvent(at, decoded.District, decoded.TimeTicks, bucket, bucket.IsEmpty ? null : decoded.Keep())
        {
            Sender = _inputs[at.Input].Description.Kind == InputKind.Lanes ? SenderMarks.Read(record.Headers) : null,
            Told = ForCity(record, decoded),
        };
    }

    /// <summary>
    /// A command or feedback: to its district, or back to its sender. No window and no shared memory is asked: its district remembers its id.
    /// </summary>
    private void Obey(InputProgress input, in InputRecord record)
    {
        Draft.Tally.Commands++;
        bool isPoison = Poison.Contains(new Coordinate(record.Input, record.Offset));
        CommandReading reading = isPoison ? CommandReading.Rejected(KilledTwice) : _decoder.DecodeCommand(record, CommandBounds(record));
        if (reading.Rejection is { } rejection)
            Reject(record, rejection);
        else if (reading.Refusal is { } refusal)
            Draft.Outputs.Add(refusal);
        else if (!IsOurs(reading.District))
            SendOn(input, record, reading);
        else if (reading.Command is { } command)
            Hand(input, reading.District, command);
    }

    /// <summary>A finite input of commands holds the front: no event is judged by a front that passes a command not yet read.</summary>
    private void Hand(InputProgress input, string district, DistrictCommand command)
    {
        Draft.Add(HomeOf(district), new BatchStep(FrontTicks, null, null, 0, Command: command));
        if (!input.MakesFront || _options.IsCity)
            return;
        input.MaxTimeTicks = Math.Max(input.MaxTimeTicks, command.AtTicks);
        RaiseFront();
    }

    private void Reject(in InputRecord record, Rejection rejection)
    {
        Draft.Outputs.Add(_decoder.DeadLetter(record, rejection));
        Draft.Tally.CountDeadLetter(rejection.Code);
    }

    /// <summary>What an event is known by.</summary>
    private readonly record struct EventKeys(UInt128 Key, ulong PayloadHash, UInt128? Observation);

    /// <summary>An event that was decoded, and who may care.</summary>
    private readonly record struct ScreenedEvent(Coordinate At, string District, long TimeTicks, RuleBucket Bucket, EventRecord? Event)
    {
        /// <summary>What is sent to the lane of its district; null where that is this one.</summary>
        public Output? Forwarded { get; init; }

        /// <summary>What the city lane is told of it; null where nothing.</summary>
        public Output? Told { get; init; }

        /// <summary>Whether some rule reads it, here or in the city lane.</summary>
        public bool IsRead => !Bucket.IsEmpty || Told is not null;

        /// <summary>What the lane that sent it says of itself; null where none did.</summary>
        public (int Lane, long WatermarkTicks)? Sender { get; init; }
    }

    /// <summary>One that waits for the answer whether it is ours.</summary>
    private readonly record struct AskedEvent(InputRecord Record, EventKeys Keys, ScreenedEvent Event);
}
