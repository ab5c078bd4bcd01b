using System.Numerics;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Correlate;

/// <summary>Members that belong together: one incident, if it comes to that.</summary>
internal sealed class CorrelateGroup
{
    internal required string FirstSource { get; init; }

    internal required string FirstId { get; init; }

    internal required long FirstTicks { get; init; }

    /// <summary>Where the first member is; null where no radius is declared.</summary>
    internal GeoPoint? FirstAt { get; init; }

    /// <summary>One bit for each kind that has a member.</summary>
    internal uint Kinds { get; set; }

    internal int Members { get; set; }

    internal long LastTicks { get; set; }

    internal bool Fires { get; set; }

    /// <summary>When it ends: its time to gather is over, or it has been quiet for long enough.</summary>
    internal long EndsTicks { get; set; }

    internal int KindCount => BitOperations.PopCount(Kinds);

    /// <summary>Tells the incidents of one key apart.</summary>
    internal string Instance => $"{FirstSource}/{FirstId}";
}

/// <summary>The state of <c>correlate</c> for one key: its groups, oldest first.</summary>
internal sealed class CorrelateState : KeyState
{
    internal List<CorrelateGroup> Groups { get; } = [];

    public override bool IsEmpty => Groups.Count == 0;

    public override bool IsFiring => Groups.Exists(group => group.Fires);

    internal void SetDue()
    {
        long due = NeverTicks;
        foreach (CorrelateGroup group in Groups)
            due = Math.Min(due, group.EndsTicks);
        DueTicks = due;
    }
}
