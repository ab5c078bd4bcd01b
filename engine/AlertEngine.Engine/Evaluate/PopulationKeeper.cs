using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The members that rules watch over in one district, before they have sent anything, and the state that all members of a rule share.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class PopulationKeeper(RuleSet rules, KeyStore store)
{
    /// <summary>The members of a rule with a registry or a list, in the order of their keys; none of any other rule.</summary>
    public ImmutableArray<string> Members(int ruleNumber, string district, CelFrame frame)
    {
        CompiledRule rule = rules.Rules[ruleNumber];
        if (rule.Detector.Population is not { } watch || rule.Base.Stage is not (RuleStage.Live or RuleStage.Shadow))
            return [];
        return [.. MembersOf(rule, watch, district, frame).Order(StringComparer.Ordinal)];
    }

    /// <summary>Joins a state of such a rule to the shared one, which is made when first needed.</summary>
    public void Join(int ruleNumber, CompiledRule rule, KeyState state)
    {
        if (rule.Detector.Population is not { } watch)
            return;
        KeyState? shared = store.Find(ruleNumber, watch.SharedKey);
        if (shared is null)
        {
            shared = watch.NewShared();
            store.Add(ruleNumber, watch.SharedKey, shared);
        }

        watch.Join(state, shared);
    }

    /// <summary>A restored state takes the place of this one, or nothing does: it counts no more.</summary>
    public static void Part(CompiledRule rule, KeyState state) => rule.Detector.Population?.Part(state);

    /// <summary>Joins a restored state; where it is the shared one, all members known so far join it anew.</summary>
    public void Rejoin(int ruleNumber, CompiledRule rule, KeyState state)
    {
        if (rule.Detector.Population is not { } watch)
            return;
        if (state.Key != watch.SharedKey)
        {
            Join(ruleNumber, rule, state);
            return;
        }

        foreach (KeyState member in store.OfRule(ruleNumber).Where(member => member.Key != watch.SharedKey).ToArray())
            watch.Join(member, state);
    }

    private IEnumerable<string> MembersOf(CompiledRule rule, IPopulationWatch watch, string district, CelFrame frame)
    {
        if (!watch.List.IsDefaultOrEmpty)
            return watch.List.Where(member => IsOf(rule, member, district));
        if (watch.Registry is not { } condition)
            return [];
        return rules.Devices.Where(row => IsOf(rule, row.Key, district) && Holds(condition, rule, row.Value, frame)).Select(row => row.Key);
    }

    // A rule of the city watches all of them, wherever they are.
    private bool IsOf(CompiledRule rule, string member, string district) => rule.Scope == RuleScope.City || DistrictOf(member) == district;

    private static bool Holds(CelCondition condition, CompiledRule rule, CelValue[] row, CelFrame frame)
    {
        frame.Records[FrameRecords.Device] = row;
        frame.Records[FrameRecords.Params] = rule.Base.Params;
        return condition.IsTrue(frame);
    }

    /// <summary>Empty where the registry does not say: such members belong to whoever has no district.</summary>
    private string DistrictOf(string device)
    {
        int slot = rules.DeviceRecord.Find("district")?.Slot ?? -1;
        return slot >= 0 && rules.Devices.TryGetValue(device, out CelValue[]? row) && slot < row.Length ? row[slot].AsString ?? "" : "";
    }
}
