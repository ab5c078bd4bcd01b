using System.Collections.Frozen;
using AlertEngine.Engine.Ingest.Shapes;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>The plans of all declared types, and the one of the others. Not thread-safe.</summary>
internal sealed class TypePlans(RuleSet rules, TextIntern texts)
{
    private readonly FrozenDictionary<string, TypePlan> _plans = rules.Layouts.ToFrozenDictionary(pair => pair.Key, pair => new TypePlan(pair.Value), StringComparer.Ordinal);
    private readonly TypePlan _undeclared = new(new EventLayout("", new CelRecordType("event", FrameRecords.Event, EventLayout.CommonFields), []));

    internal TextIntern Texts { get; } = texts;

    /// <summary>The plan of a type.</summary>
    internal TypePlan Of(string type) => _plans.GetValueOrDefault(type, _undeclared);

    /// <summary>Gives the event its type and the slots of that type.</summary>
    internal TypePlan Use(ReadOnlySpan<byte> type, DecodedEvent target)
    {
        target.Type = Texts.Get(type);
        TypePlan plan = Of(target.Type);
        target.UseLayout(plan.Layout);
        return plan;
    }
}
