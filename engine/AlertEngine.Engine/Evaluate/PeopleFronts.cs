using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// How long what is due on people's time waits for events: a deadline, a command or the end of a silence concerns alerts of a lateness class
/// once every event of that class before its instant has been judged, no sooner and no later. Waiting for the slowest class instead would let
/// an alert that waits for nothing clear within the wait and lose the step. On the wall clock nothing waits, and there is one class. Immutable.
/// </summary>
internal sealed class PeopleFronts
{
    private readonly RuleIndex _index;
    private readonly bool _isOne;

    public PeopleFronts(RuleIndex index, PeopleClock clock)
    {
        _index = index;
        _isOne = clock == PeopleClock.Wall || index.Classes.IsEmpty;
        WaitTicks = _isOne ? [0] : [.. index.Classes.Select(lateness => (long)lateness.TotalTicks)];
    }

    /// <summary>How long each class waits, rising.</summary>
    public ImmutableArray<long> WaitTicks { get; }

    public int LastClass => WaitTicks.Length - 1;

    /// <summary>The class of a rule; the first where the rule is gone, for which no event will come any more.</summary>
    public int ClassOf(string ruleId) => !_isOne && _index.NumberOf(ruleId) is >= 0 and var number ? _index.ClassOf(number) : 0;

    /// <summary>The front at which an instant has come for what belongs to a rule.</summary>
    public long FrontOf(string ruleId, long atTicks) => atTicks + WaitTicks[ClassOf(ruleId)];

    /// <summary>The front at which an instant has come for a class; a class that the rules no longer have counts as the last.</summary>
    public long FrontOf(int classNumber, long atTicks) => atTicks + WaitTicks[Math.Min(classNumber, LastClass)];
}
