using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>
/// The silences of one district, as spans of people's time: one may be told of before it begins. Knows whether they changed since the last
/// batch. Owned by one district; not thread-safe.
/// </summary>
internal sealed class SilenceStage(string district, PeopleFronts fronts, Func<string, CompiledRule?> ruleOf) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "silence";

    /// <summary>So many at once in one district are not looked after by anybody.</summary>
    public const int Limit = 1_000;

    private readonly List<Silence> _silences = [];

    public IReadOnlyList<Silence> All => _silences;

    public bool IsChanged { get; private set; }

    /// <summary>The front at which the first of them ends for its next lateness class.</summary>
    public long NextEndFrontTicks { get; private set; } = long.MaxValue;

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (_silences.Count == 0)
            return null;
        string eventClass = ruleOf(alert.RuleId)?.EventClass?.Code ?? alert.RuleId;
        return _silences.Find(silence => silence.Holds(alert, eventClass, atTicks)) is { } silence ? new Suppression(Word, silence.Id, $"{silence.Actor}: {silence.Reason}") : null;
    }

    /// <summary>Takes a command; the reason why it is refused, or null.</summary>
    public string? Take(SilenceCommand command, long atTicks) => command.IsEnding ? End(command, atTicks) : Begin(command, atTicks);

    /// <summary>Lets the first of them end for its next class; one that has ended for all is forgotten.</summary>
    /// <returns>The silence, and the class.</returns>
    public (Silence Silence, int ClassNumber) EndFirst()
    {
        int place = _silences.FindIndex(silence => FrontOf(silence) == NextEndFrontTicks);
        Silence ended = _silences[place];
        if (ended.ClassesEnded < fronts.LastClass)
            _silences[place] = ended with { ClassesEnded = ended.ClassesEnded + 1 };
        else
            _silences.RemoveAt(place);
        MarkChanged();
        return (ended, Math.Min(ended.ClassesEnded, fronts.LastClass));
    }

    public void Restore(IEnumerable<Silence> silences)
    {
        _silences.Clear();
        _silences.AddRange(silences);
        FindNextEnd();
    }

    public void MarkSaved() => IsChanged = false;

    private void MarkChanged()
    {
        IsChanged = true;
        FindNextEnd();
    }

    private void FindNextEnd() => NextEndFrontTicks = _silences.Count == 0 ? long.MaxValue : _silences.Min(FrontOf);

    private long FrontOf(Silence silence) => fronts.FrontOf(silence.ClassesEnded, silence.UntilTicks);

    private string? Begin(SilenceCommand command, long atTicks)
    {
        if (command.UntilTicks is not { } untilTicks || untilTicks <= atTicks)
            return "a silence needs an 'until' later than its beginning";
        if (_silences.Count >= Limit)
            return $"there are {Limit} silences already";
        if (command.District is { } other && other != district)
            return $"this is district {district}";
        _silences.Add(new Silence(command.Id, atTicks, untilTicks, command.RuleId, command.Key, command.District, command.Actor, command.Reason) { EventClass = command.EventClass });
        MarkChanged();
        return null;
    }

    private string? End(SilenceCommand command, long atTicks)
    {
        bool isAny = false;
        for (int i = 0; i < _silences.Count; i++)
        {
            if (!_silences[i].IsEndedBy(command, atTicks))
                continue;
            _silences[i] = _silences[i] with { UntilTicks = atTicks };
            isAny = true;
            MarkChanged();
        }

        return isAny ? null : "no silence is ended by it";
    }
}
