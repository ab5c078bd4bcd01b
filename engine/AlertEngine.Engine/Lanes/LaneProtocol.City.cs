using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>
/// What a lane of districts tells the city lane of its time. Its watermark is the front less the slowest class: nothing it still has to say
/// happened before. Within a batch its outputs have no order in event time, so each carries the watermark of the batch before, and only the beat
/// behind all of them carries the new one.
/// </content>
public sealed partial class LaneProtocol
{
    private long _formerFrontTicks = long.MinValue;
    private long _beatTicks = long.MinValue;

    private bool TellsCity => _options.CityCode.Length != 0 && !_options.IsCity;

    /// <summary>Whether the city lane has waited long enough to be told of the time alone.</summary>
    private bool IsBeatDue => TellsCity && _options.CityBeat is { } beat && WatermarkAt(_intake.FrontTicks) is var reached && reached != long.MinValue
        && (_beatTicks == long.MinValue || reached - _beatTicks >= beat.BclCompatibleTicks);

    private long WatermarkAt(long frontTicks) => frontTicks == long.MinValue ? long.MinValue : frontTicks - _rules.HighestLatenessTicks;

    /// <summary>Gives what goes to the city lane its watermark, and adds the beat where time has gone on.</summary>
    private ImmutableArray<Output> Stamp(ImmutableArray<Output> outputs, ClosedBatch closed)
    {
        if (!TellsCity)
            return outputs;
        (long formerTicks, long reachedTicks) = (WatermarkAt(_options.BeatsAheadOfAlerts ? closed.FrontTicks : closed.FormerFrontTicks), WatermarkAt(closed.FrontTicks));
        ImmutableArray<Output>.Builder stamped = ImmutableArray.CreateBuilder<Output>(outputs.Length + 1);
        bool hasTold = false;
        foreach (Output output in outputs)
        {
            bool isForCity = output.Kind == OutputKind.City;
            hasTold |= isForCity;
            stamped.Add(isForCity ? output with { Transit = new OutputTransit(formerTicks, output.Transit?.Redrive ?? 0) } : output);
        }

        // A beat that is due is sent even where the time is that of the journal: after a restart nobody remembers whether it was told.
        bool hasMoved = _options.CityBeat is not null && reachedTicks > formerTicks;
        if (_options.IsReplay ? hasMoved : closed.IsBeatDue || (hasTold && hasMoved))
        {
            _beatTicks = reachedTicks;
            stamped.Add(LaneBeat.Of(_options.Lane, reachedTicks));
        }

        return stamped.DrainToImmutable();
    }
}
