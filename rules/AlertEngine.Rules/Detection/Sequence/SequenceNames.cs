using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Sequence;

/// <summary>The names of a sequence: each step that happened is a record of its own, like the event it was, with the values as of then.</summary>
public static class SequenceNames
{
    /// <summary>The record of a step.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="index">Its place among the steps.</param>
    /// <param name="event">The record of the events it takes.</param>
    /// <param name="asofs">The names and types of its <c>asof</c> values; their slots follow those of the event, in this order.</param>
    public static CelRecordType ForStep(string name, int index, CelRecordType @event, ImmutableArray<(string Name, CelType Type)> asofs) => new(
        name,
        FrameRecords.FirstStep + index,
        [.. @event.Fields, .. asofs.Select((asof, place) => new CelField(asof.Name, asof.Type, @event.SlotCount + place))]);
}
