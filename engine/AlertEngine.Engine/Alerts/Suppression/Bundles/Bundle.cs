using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>Why alerts share an order.</summary>
internal enum BundleKind
{
    /// <summary>Their rule groups them, and their labels are equal.</summary>
    Group = 0,

    /// <summary>Their rule's flood budget was spent when they opened.</summary>
    Storm,
}

/// <summary>Several alerts that one order speaks for. Immutable; the book replaces it. Instants are on people's time.</summary>
internal sealed record Bundle
{
    /// <summary>The key of the group, or of the storm of a rule.</summary>
    public required string Key { get; init; }

    public required BundleKind Kind { get; init; }

    public required string RuleId { get; init; }

    /// <summary>What the order says of all of them; null before the first member.</summary>
    public Alert? Alert { get; init; }

    /// <summary>How many members fire, by their severity.</summary>
    public ImmutableArray<int> FiringBySeverity { get; init; } = [0, 0, 0, 0];

    /// <summary>What the order said last.</summary>
    public ToldState Told { get; init; }

    public Severity ToldSeverity { get; init; }

    /// <summary>Whether something joined that the order has not said yet.</summary>
    public bool IsDirty { get; init; }

    /// <summary>Until when nothing but a rise is said: the wait before the first order or the interval since the last revision. Null: nothing waits.</summary>
    public long? DueTicks { get; init; }

    /// <summary>Until when a bundle that ended goes on with its order instead of a new one.</summary>
    public long KeptUntilTicks { get; init; }

    public bool IsFiring => FiringBySeverity.Any(count => count != 0);

    /// <summary>Whether alerts of an instant still belong to it.</summary>
    public bool IsLiveAt(long atTicks) => IsFiring || DueTicks is not null || atTicks <= KeptUntilTicks;

    /// <summary>The one change that its order does not know of yet; null: none.</summary>
    public AlertNotice? Owed(long atTicks) => Alert is null ? null : (Told, Alert.Status) switch
    {
        (ToldState.Nothing, AlertStatus.Firing or AlertStatus.Shot) => new AlertNotice(Alert, AlertChange.Opened, atTicks, Alert.Severity),
        (ToldState.Ended, AlertStatus.Firing) => new AlertNotice(Alert, AlertChange.Opened, atTicks, ToldSeverity, IsReopening: true),
        (ToldState.Firing, AlertStatus.Cleared or AlertStatus.Shot) => new AlertNotice(Alert, AlertChange.Cleared, atTicks, ToldSeverity),
        (not ToldState.Nothing, _) when IsDirty || Alert.Severity > ToldSeverity || (IsFiring && Alert.Severity != ToldSeverity) =>
            new AlertNotice(Alert, AlertChange.Updated, atTicks, ToldSeverity, RevisesOrders: true),
        _ => null,
    };
}

/// <summary>A firing alert that a bundle's order speaks for, as the bundle has counted it.</summary>
internal sealed record BundleMember(string BundleKey, Severity Severity, int MergedCount);
