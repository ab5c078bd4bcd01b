using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Absence;

/// <summary>What <c>absence</c> means: at each second the whole population is looked at anew. Without members, keys are members that were seen.</summary>
internal sealed record AbsenceReference(
    IReadOnlyList<Sample> Stream, IReadOnlyList<string>? Members, int For, int? Seen, double Stall, (int Events, int Within)? Clear)
{
    private readonly HashSet<string> _firing = [];
    private readonly Dictionary<string, int> _firingSince = [];
    private readonly List<Finding> _findings = [];
    private bool _isStalled;

    public IReadOnlyList<Finding> Run(int until)
    {
        for (int now = 0; now <= until; now++)
        {
            for (int i = 0; i < Stream.Count; i++)
            {
                if (Stream[i].At == now && _firing.Contains(Stream[i].Key) && HasReturned(i))
                {
                    _firing.Remove(Stream[i].Key);
                    _findings.Add(new Finding(now, DetectedKind.Cleared, Stream[i].Key));
                }
            }

            Look(now, isJustAfter: false);
            Look(now, isJustAfter: true);
        }

        return _findings;
    }

    private void Look(int now, bool isJustAfter)
    {
        string[] population = [.. (Members ?? [.. Stream.Select(sample => sample.Key).Distinct()]).Where(key => IsMember(key, now, isJustAfter))];
        string[] silent = [.. population.Where(key => now - Last(key, now) >= For)];
        bool isStall = population.Length >= 4 && silent.Length > Stall * population.Length;
        if (isStall != _isStalled)
            _findings.Add(new Finding(now, isStall ? DetectedKind.Opened : DetectedKind.Cleared, "source-stalled"));
        _isStalled = isStall;
        foreach (string key in silent.Where(key => !isStall && _firing.Add(key)))
        {
            _firingSince[key] = now;
            _findings.Add(new Finding(now, DetectedKind.Opened, key));
        }
    }

    private bool IsMember(string key, int now, bool isJustAfter) =>
        Seen is not { } seen || (Last(key, now) > -1_000 && (isJustAfter ? now - Last(key, now) < seen : now - Last(key, now) <= seen));

    // The rule starts at 0 for those that are members without having been seen.
    private int Last(string key, int now) =>
        Stream.Where(sample => sample.Key == key && sample.At <= now).Select(sample => sample.At).DefaultIfEmpty(Members is null ? -1_000 : 0).Max();

    private bool HasReturned(int index)
    {
        if (Clear is not { } clear)
            return true;
        Sample now = Stream[index];
        int since = _firingSince[now.Key];
        return Stream.Take(index + 1).Count(sample => sample.Key == now.Key && sample.At > since && now.At - sample.At <= clear.Within) >= clear.Events;
    }
}
