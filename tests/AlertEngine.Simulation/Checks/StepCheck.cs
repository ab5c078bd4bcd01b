using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Simulation.Checks;

/// <summary>
/// What the districts of a lane were handed, over all its batches: each event once in each class that waits for it, in the order of its class
/// unless it came late, and no district's time ever goes back.
/// </summary>
internal sealed class StepCheck(int lane)
{
    private readonly Dictionary<string, uint> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _fronts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string District, int Class), (long Ticks, string Source, string Id)> _newest = [];

    /// <summary>The classes in which each event was evaluated, by its id.</summary>
    public IReadOnlyDictionary<string, uint> Classes => _classes;

    public void Take(DistrictBatch batch)
    {
        foreach (BatchStep step in batch.Steps)
        {
            if (step.FrontTicks < _fronts.GetValueOrDefault(batch.District, long.MinValue))
                throw new SimulationViolation($"lane {lane}: the time of district {batch.District} goes back in batch {batch.Sequence}");
            _fronts[batch.District] = step.FrontTicks;
            if (step.Event is not null)
                Take(batch, step);
        }
    }

    private void Take(DistrictBatch batch, in BatchStep step)
    {
        string id = step.Event!.Id;
        uint one = 1u << step.ClassNumber;
        uint before = _classes.GetValueOrDefault(id);
        if ((before & one) != 0)
            throw new SimulationViolation($"lane {lane}: event {id} is evaluated twice in class {step.ClassNumber}, again in batch {batch.Sequence}");
        _classes[id] = before | one;
        if (step.Punctuality != Punctuality.InTime || step.ClassNumber == 0)
            return;
        (string, int) place = (batch.District, step.ClassNumber);
        (long Ticks, string Source, string Id) now = (step.Event.TimeTicks, step.Event.Source, id);
        if (_newest.TryGetValue(place, out (long Ticks, string Source, string Id) newest) && Compare(now, newest) < 0)
            throw new SimulationViolation($"lane {lane}: event {id} comes after event {newest.Id} in class {step.ClassNumber} of district {batch.District}");
        _newest[place] = now;
    }

    /// <summary>The order in which one rule sees events: by event time, then source and id.</summary>
    private static int Compare((long Ticks, string Source, string Id) one, (long Ticks, string Source, string Id) other)
    {
        int order = one.Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : string.CompareOrdinal(one.Source, other.Source);
        return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
    }
}
