using System.Collections.Immutable;

namespace AlertEngine.Engine.RuleTests;

/// <summary>A field of something observed. A field with several values equals whichever of them is expected.</summary>
/// <param name="Name">As expectations name it.</param>
/// <param name="Values">Its values; the first is what people are shown.</param>
internal sealed record ObservedField(string Name, ImmutableArray<string> Values);

/// <summary>An alert that fires, cleared or was suppressed, or a revision of an order, with the fields that an expectation may name. Immutable.</summary>
internal sealed record ObservedItem(ImmutableArray<ObservedField> Fields)
{
    /// <summary>The values of a field; none where it has no such field.</summary>
    public ImmutableArray<string> this[string name]
    {
        get
        {
            foreach (ObservedField field in Fields)
            {
                if (field.Name == name)
                    return field.Values;
            }

            return [];
        }
    }
}

/// <summary>What there is at one judged instant.</summary>
/// <param name="Firing">All alerts of live rules firing then.</param>
/// <param name="Resolved">What cleared since the previous instant.</param>
/// <param name="Suppressed">What was suppressed since then.</param>
/// <param name="Orders">What changed of orders since then.</param>
internal sealed record Observation(
    ImmutableArray<ObservedItem> Firing, ImmutableArray<ObservedItem> Resolved, ImmutableArray<ObservedItem> Suppressed, ImmutableArray<ObservedItem> Orders);
