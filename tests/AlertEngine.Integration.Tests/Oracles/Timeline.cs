namespace AlertEngine.Integration.Tests.Oracles;

/// <summary>One reading of one key.</summary>
internal readonly record struct Sample(DateTimeOffset At, double Value);

/// <summary>
/// What the detectors mean, once more and as plainly as can be: loops over the readings of one key in the order of time. Nothing of the engine
/// is used. <paramref name="end"/> is the last instant at which a timer may still fire.
/// </summary>
internal sealed class Timeline(string rule, string key, IReadOnlyList<Sample> samples, DateTimeOffset end)
{
    private readonly List<Firing> _firings = [];
    private DateTimeOffset? _openedAt;

    /// <summary><c>each</c> with a condition that clears.</summary>
    public List<Firing> Each(Func<double, bool> when, Func<double, bool> clear)
    {
        foreach (Sample sample in samples)
        {
            if (_openedAt is null && when(sample.Value))
                _openedAt = sample.At;
            else if (_openedAt is not null && clear(sample.Value))
                Close(sample.At);
        }

        return Done();
    }

    /// <summary><c>each</c> that clears after no match for a time.</summary>
    public List<Firing> EachQuiet(Func<double, bool> when, TimeSpan quiet)
    {
        DateTimeOffset lastMatch = default;
        foreach (Sample sample in samples.Where(sample => when(sample.Value)))
        {
            if (_openedAt is not null && sample.At > lastMatch + quiet)
                Close(lastMatch + quiet);
            _openedAt ??= sample.At;
            lastMatch = sample.At;
        }

        if (_openedAt is not null && lastMatch + quiet <= end)
            Close(lastMatch + quiet);
        return Done();
    }

    /// <summary><c>hold</c>: true for so long, without a silence longer than <paramref name="gap"/>.</summary>
    public List<Firing> Hold(Func<double, bool> when, TimeSpan length, TimeSpan gap, Func<double, bool> clear)
    {
        DateTimeOffset? since = null;
        DateTimeOffset last = default;
        foreach (Sample sample in samples)
        {
            OpenIfHeld(since, last, length, gap, isDue: due => due < sample.At);
            if (since is not null && sample.At - last > gap)
                since = null;
            last = sample.At;
            since = when(sample.Value) ? since ?? sample.At : null;
            OpenIfHeld(since, last, length, gap, isDue: due => due == sample.At);
            if (_openedAt is not null && clear(sample.Value))
                Close(sample.At);
            if (_openedAt is not null)
                since = null;
        }

        OpenIfHeld(since, last, length, gap, isDue: due => due <= end);
        return Done();
    }

    /// <summary><c>count</c> over a sliding window, judged at each instant at which something comes or leaves.</summary>
    public List<Firing> Count(Func<double, bool> when, int atLeast, TimeSpan window, int clearBelow)
    {
        DateTimeOffset[] matches = [.. samples.Where(sample => when(sample.Value)).Select(sample => sample.At)];
        int from = 0, until = 0;
        foreach (DateTimeOffset at in matches.Concat(matches.Select(match => match + window)).Where(at => at <= end).Distinct().Order())
        {
            while (until < matches.Length && matches[until] <= at)
                until++;
            while (from < until && matches[from] <= at - window)
                from++;
            if (_openedAt is null && until - from >= atLeast)
                _openedAt = at;
            else if (_openedAt is not null && until - from < clearBelow)
                Close(at);
        }

        return Done();
    }

    /// <summary><c>change</c> as a difference: against the latest reading that is old enough and not too old.</summary>
    public List<Firing> Change(TimeSpan over, TimeSpan tolerance, Func<double, bool> when)
    {
        foreach (Sample sample in samples)
        {
            Sample[] before = [.. samples.Where(other => other.At <= sample.At - over && other.At >= sample.At - over - tolerance)];
            if (before.Length > 0)
                Judge(sample.At, when(sample.Value - before[^1].Value));
        }

        return Done();
    }

    /// <summary><c>aggregate</c> with the average of a sliding window, asked at each reading.</summary>
    public List<Firing> Average(TimeSpan window, int minSamples, Func<double, bool> when)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            double[] values = [.. samples.Take(i + 1).Where(other => other.At > samples[i].At - window).Select(other => other.Value)];
            if (values.Length >= minSamples)
                Judge(samples[i].At, when(values.Sum() / values.Length));
        }

        return Done();
    }

    /// <summary><c>absence</c>: nothing for so long; the next reading ends it.</summary>
    public List<Firing> Absence(TimeSpan length)
    {
        foreach ((Sample last, Sample next) in samples.Zip(samples.Skip(1)).Where(pair => pair.Item2.At > pair.Item1.At + length))
        {
            _openedAt = last.At + length;
            Close(next.At);
        }

        if (samples[^1].At + length <= end)
            _openedAt = samples[^1].At + length;
        return Done();
    }

    private void Judge(DateTimeOffset at, bool holds)
    {
        if (holds)
            _openedAt ??= at;
        else if (_openedAt is not null)
            Close(at);
    }

    private void OpenIfHeld(DateTimeOffset? since, DateTimeOffset last, TimeSpan length, TimeSpan gap, Func<DateTimeOffset, bool> isDue)
    {
        if (_openedAt is null && since + length is { } due && isDue(due) && due - last <= gap)
            _openedAt = due;
    }

    private void Close(DateTimeOffset at)
    {
        _firings.Add(new Firing(rule, key, _openedAt!.Value, at));
        _openedAt = null;
    }

    private List<Firing> Done()
    {
        if (_openedAt is { } openedAt)
            _firings.Add(new Firing(rule, key, openedAt, null));
        return _firings;
    }
}
