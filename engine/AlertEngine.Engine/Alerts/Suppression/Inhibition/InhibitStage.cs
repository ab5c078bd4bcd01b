using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Inhibition;

/// <summary>
/// While a source alert fires, targets with equal labels are held back. Which alerts fire is read from the book, so that there is no state of
/// its own to be saved. Drills hold back drills only. Owned by one district; not thread-safe.
/// </summary>
/// <remarks>
/// Nothing may go silent by accident, so no alert is held back by itself, nor by one of its own kind (an alert that fits both sides of an
/// inhibition is not held by another that does), and of alerts whose rules inhibit one another in a circle the elder holds the younger.
/// </remarks>
internal sealed class InhibitStage(ImmutableArray<InhibitPlan> plans, AlertBook alerts) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "inhibit";

    private readonly InhibitCircles _circles = new(plans);
    private readonly Dictionary<(int Plan, EventStatus Status, string Labels), SortedSet<Source>> _sources = [];
    private readonly Dictionary<string, Alert> _known = new(StringComparer.Ordinal);
    private bool _isStale = true;

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (plans.IsEmpty)
            return null;
        ReadBook();
        for (int plan = 0; plan < plans.Length; plan++)
        {
            if (plans[plan].Target.Takes(alert.RuleId, alert.Severity) && HolderOf(plan, alert) is { } holder)
                return new Suppression(Word, holder.Id, $"{holder.RuleId} fires for {holder.Key}");
        }

        return null;
    }

    /// <summary>Takes note of an alert that changed: it may begin to hold others, or end to.</summary>
    public void Note(Alert alert)
    {
        if (plans.IsEmpty || alert.IsShadow)
            return;
        ReadBook();
        Forget(alert.Id);
        if (alert.IsFiring)
            Remember(alert);
    }

    /// <summary>The book was restored: what is remembered of it is not true any more.</summary>
    public void Invalidate() => _isStale = true;

    private Alert? HolderOf(int plan, Alert target)
    {
        if (AlertLabels.Join(target, plans[plan].EqualNames) is not { } labels || !_sources.TryGetValue((plan, target.EventStatus, labels), out SortedSet<Source>? sources))
            return null;
        foreach (Source source in sources)
        {
            if (Holds(plans[plan], source.Alert, target))
                return source.Alert;
        }

        return null;
    }

    private bool Holds(InhibitPlan plan, Alert source, Alert target)
    {
        if (source.Id == target.Id)
            return false;
        bool isOfOneKind = plan.Source.Takes(target.RuleId) && plan.Target.Takes(source.RuleId, source.Severity);
        return !isOfOneKind && (!_circles.AreInOne(source.RuleId, target.RuleId) || new Source(source).CompareTo(new Source(target)) < 0);
    }

    private void ReadBook()
    {
        if (!_isStale)
            return;
        _isStale = false;
        _sources.Clear();
        _known.Clear();
        foreach (Alert alert in alerts.All.Where(alert => alert.IsFiring && !alert.IsShadow))
            Remember(alert);
    }

    private void Remember(Alert alert)
    {
        _known[alert.Id] = alert;
        foreach ((int Plan, EventStatus Status, string Labels) place in PlacesOf(alert))
        {
            if (!_sources.TryGetValue(place, out SortedSet<Source>? sources))
                _sources[place] = sources = [];
            sources.Add(new Source(alert));
        }
    }

    private void Forget(string alertId)
    {
        if (!_known.Remove(alertId, out Alert? alert))
            return;
        foreach ((int Plan, EventStatus Status, string Labels) place in PlacesOf(alert))
        {
            if (_sources.TryGetValue(place, out SortedSet<Source>? sources) && sources.Remove(new Source(alert)) && sources.Count == 0)
                _sources.Remove(place);
        }
    }

    private IEnumerable<(int Plan, EventStatus Status, string Labels)> PlacesOf(Alert alert)
    {
        for (int plan = 0; plan < plans.Length; plan++)
        {
            if (plans[plan].Source.Takes(alert.RuleId, alert.Severity) && AlertLabels.Join(alert, plans[plan].EqualNames) is { } labels)
                yield return (plan, alert.EventStatus, labels);
        }
    }

    /// <summary>An alert among those that may hold, the eldest first.</summary>
    private readonly record struct Source(Alert Alert) : IComparable<Source>
    {
        public int CompareTo(Source other)
        {
            int order = Alert.OpenedAtTicks.CompareTo(other.Alert.OpenedAtTicks);
            return order != 0 ? order : string.CompareOrdinal(Alert.Id, other.Alert.Id);
        }
    }
}
