namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>
/// The silences of one district, as spans of people's time: one may be told of before it begins. Knows whether they changed since the last
/// batch. Owned by one district; not thread-safe.
/// </summary>
internal sealed class SilenceStage(string district) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "silence";

    /// <summary>So many at once in one district are not looked after by anybody.</summary>
    public const int Limit = 1_000;

    private readonly List<Silence> _silences = [];

    public IReadOnlyList<Silence> All => _silences;

    public bool IsChanged { get; private set; }

    /// <summary>When the first of them ends.</summary>
    public long NextEndTicks => _silences.Count == 0 ? long.MaxValue : _silences.Min(silence => silence.UntilTicks);

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks) =>
        _silences.Find(silence => silence.Holds(alert, atTicks)) is { } silence ? new Suppression(Word, $"{silence.Actor}: {silence.Reason}") : null;

    /// <summary>Takes a command; the reason why it is refused, or null.</summary>
    public string? Take(SilenceCommand command, long atTicks) => command.IsEnding ? End(command, atTicks) : Begin(command, atTicks);

    /// <summary>Forgets those that have ended by an instant.</summary>
    public void Expire(long atTicks) => IsChanged |= _silences.RemoveAll(silence => silence.UntilTicks <= atTicks) != 0;

    public void Restore(IEnumerable<Silence> silences)
    {
        _silences.Clear();
        _silences.AddRange(silences);
    }

    public void MarkSaved() => IsChanged = false;

    private string? Begin(SilenceCommand command, long atTicks)
    {
        if (command.UntilTicks is not { } untilTicks || untilTicks <= atTicks)
            return "a silence needs an 'until' later than its beginning";
        if (_silences.Count >= Limit)
            return $"there are {Limit} silences already";
        if (command.District is { } other && other != district)
            return $"this is district {district}";
        _silences.Add(new Silence(command.Id, atTicks, untilTicks, command.RuleId, command.Key, command.District, command.Actor, command.Reason));
        IsChanged = true;
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
            isAny = IsChanged = true;
        }

        return isAny ? null : "no silence is ended by it";
    }
}
