using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Correlate;

/// <summary>What <c>correlate</c> means: groups are lists of members, and everything about one is told anew from its list. x is the kind, y ≥ 2 matches.</summary>
internal sealed record CorrelateReference(IReadOnlyList<Sample> Stream, int AtLeast, int Within, int Quiet, double? RadiusMeters)
{
    public IReadOnlyList<Finding> Run()
    {
        List<List<Sample>> groups = [];
        foreach (Sample sample in Stream)
        {
            if (!(sample.Y >= 2) || (RadiusMeters is not null && sample.Geo is null))
                continue;
            List<Sample>? joined = groups.FirstOrDefault(group => Fits(group, sample));
            if (joined is null)
                groups.Add([sample]);
            else
                joined.Add(sample);
        }

        return [.. groups.SelectMany(Findings).OrderBy(finding => finding.At)];
    }

    private bool Fits(List<Sample> group, Sample sample)
    {
        bool isInTime = Opening(group) is null ? sample.At - group[0].At <= Within : sample.At - group[^1].At <= Quiet;
        return isInTime && (RadiusMeters is not { } radius || Meters(group[0], sample) <= radius);
    }

    private IEnumerable<Finding> Findings(List<Sample> group)
    {
        if (Opening(group) is not { } opening)
            yield break;
        string instance = $"{group[0].Source}/{group[0].Id}";
        yield return new Finding(opening.At, DetectedKind.Opened, "k", instance);
        yield return new Finding(group[^1].At + Quiet, DetectedKind.Cleared, "k", instance, ClearReason.Quiet);
    }

    private Sample? Opening(List<Sample> group) =>
        group.Where((_, index) => group.Take(index + 1).Select(member => member.X).Distinct().Count() >= AtLeast).FirstOrDefault();

    // The spherical law of cosines: another formula than the detector's, exact enough where no distance is near the radius.
    private static double Meters(Sample one, Sample other)
    {
        double a = double.DegreesToRadians(one.Geo!.Latitude);
        double b = double.DegreesToRadians(other.Geo!.Latitude);
        double between = double.DegreesToRadians(one.Geo.Longitude - other.Geo.Longitude);
        return 6_371_000 * Math.Acos(Math.Min(1, Math.Sin(a) * Math.Sin(b) + Math.Cos(a) * Math.Cos(b) * Math.Cos(between)));
    }
}
