using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection;

/// <summary>What an event may mean to a detector, told from the frame alone, before any state is looked up.</summary>
public enum EventInterest
{
    /// <summary>Nothing: no state changes, whatever there is.</summary>
    None = 0,

    /// <summary>It may change a state that exists, but never begins one.</summary>
    IfKnown,

    /// <summary>It may begin a state.</summary>
    Begins,
}

/// <summary>
/// A detector of one rule: the rule's compiled options and a pure step over the state of one key. It has no clock: time comes
/// with the event or the due timer. Immutable and thread-safe; the state it steps belongs to one district and is not.
/// </summary>
public abstract class Detector
{
    /// <summary>The word of the rule file: <c>hold</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The detector's own names, as the record <see cref="FrameRecords.Detector"/>; null where it has none.</summary>
    public abstract CelRecordType? Names { get; }

    /// <summary>How many sources it reads: 1, or the number of its steps or members.</summary>
    public virtual int SourceCount => 1;

    /// <summary>
    /// The members that it watches over in each district and the state they share; null for the detectors that know keys one by one.
    /// </summary>
    public virtual IPopulationWatch? Population => null;

    /// <summary>
    /// Whether an event for which <c>when</c> is false changes nothing, whatever the state: then an event that cannot match need not even
    /// become a record.
    /// </summary>
    public virtual bool IgnoresMismatches => false;

    /// <summary>Whether it fires at single instants only and never clears.</summary>
    public virtual bool IsSingleShot => false;

    /// <summary>How far back from a finding the events lie on which it rests, in ticks; 0: it rests on the event at hand.</summary>
    /// <param name="frame">The frame with <c>params</c> in place.</param>
    public virtual long ReachTicks(CelFrame frame) => 0;

    /// <summary>A new state for a key of which nothing is known.</summary>
    public abstract KeyState NewState();

    /// <summary>
    /// What the event in the frame may mean. The hot path asks it first, once for each event, so that most events touch no state.
    /// A condition that cannot be judged is counted here as an error of the rule.
    /// </summary>
    /// <param name="sources">Which of the detector's sources the event matched, one bit each.</param>
    /// <param name="frame">The frame with the event's records in place.</param>
    /// <param name="sink">Counts errors; nothing is detected yet.</param>
    public virtual EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink) => EventInterest.Begins;

    /// <summary>Takes one event into the state of its key.</summary>
    public abstract void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink);

    /// <summary>Lets what is due happen. Called once the watermark has passed <see cref="Timing.TimerNode.DueTicks"/>.</summary>
    /// <param name="state">The state whose timer is due.</param>
    /// <param name="dueTicks">The exact due instant: the time of whatever happens now.</param>
    /// <param name="frame">The frame, with the key's last event and device in place.</param>
    /// <param name="sink">Takes what was detected.</param>
    public abstract void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink);

    /// <summary>Writes a state. The first byte is the version of the detector's format.</summary>
    public abstract void Write(KeyState state, StateWriter writer);

    /// <summary>Reads a state that <see cref="Write"/> wrote, in any version so far.</summary>
    public abstract KeyState Read(StateReader reader);
}
