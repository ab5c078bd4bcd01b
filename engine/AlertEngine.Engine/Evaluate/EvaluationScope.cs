using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// What a detection was found in: the rule, its variant, the key and the frame. The detectors' sink reads it while a step is taken.
/// One instance per district, refilled for each step, because a step per event must not allocate.
/// </summary>
internal sealed class EvaluationScope
{
    /// <summary>What modes change.</summary>
    public FrozenDictionary<string, CityMode> Modes { get; init; } = FrozenDictionary<string, CityMode>.Empty;

    /// <summary>The mode that holds at the step's event time; empty where no context is loaded.</summary>
    public string Mode => Frame.Records[FrameRecords.Context] is { Length: > 0 } context ? context[ContextRecord.Mode].AsString ?? "" : "";

    /// <summary>The records that expressions read.</summary>
    public CelFrame Frame { get; } = new(FrameRecords.Count);

    public CompiledRule Rule { get; set; } = null!;

    public RuleVariant Variant { get; set; } = null!;

    /// <summary>The key as people know it.</summary>
    public string Key { get; set; } = "";

    /// <summary>What the events of this key are worth: a drill has states of its own and never meets a real incident.</summary>
    public EventStatus Status { get; set; }

    /// <summary>The event of the step; null where a timer is due.</summary>
    public EventRecord? Event { get; set; }

    /// <summary>The districts' alerts on which a rule of the city rests; empty elsewhere.</summary>
    public ImmutableArray<ChildAlert> Children { get; set; } = [];

    /// <summary>Whether the event of the step is late for the class of the rule.</summary>
    public bool IsLate { get; set; }

    /// <summary>The position of the event's device, where the registry knows one.</summary>
    public GeoPoint? DevicePoint { get; set; }

    /// <summary>
    /// Ended alerts kept until an earlier instant are gone. It follows the front of the step, or the front that a timer waited for, and so does
    /// not depend on when the book was last tidied.
    /// </summary>
    public long ForgottenBeforeTicks { get; set; }

    /// <summary>The instant of people's time that an effect at this event time has.</summary>
    public long PeopleNowTicks { get; set; }
}
