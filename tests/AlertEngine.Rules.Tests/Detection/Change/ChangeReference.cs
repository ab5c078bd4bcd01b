using AlertEngine.Rules.Detection.Change;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;

namespace AlertEngine.Rules.Tests.Detection.Change;

/// <summary>What <c>change</c> judges, event by event over the whole stream of one key.</summary>
internal sealed record ChangeReference(ChangeMeasure As, int Over, double Tolerance, double Limit, double ClearLimit)
{
    public IEnumerable<Judgement> Judgements(IReadOnlyList<Sample> stream)
    {
        for (int i = 0; i < stream.Count; i++)
        {
            if (stream[i].X is null)
                continue;
            double? change = Change(stream, i);
            yield return new Judgement(stream[i].At, change is { } one ? one > Limit : null, change is { } other ? other < ClearLimit : null);
        }
    }

    private double? Change(IReadOnlyList<Sample> stream, int index)
    {
        Sample now = stream[index];
        Sample? before = stream.Take(index + 1).LastOrDefault(sample => sample.X is not null && sample.At <= now.At - Over);
        if (before is null || now.At - before.At > Over + Tolerance)
            return null;
        double from = before.X!.Value;
        double delta = now.X!.Value - from;
        return As switch
        {
            ChangeMeasure.Delta => delta,
            ChangeMeasure.Rate => delta / ((now.At - before.At) / 3600.0),
            _ => from == 0 ? null : delta / from * 100,
        };
    }
}
