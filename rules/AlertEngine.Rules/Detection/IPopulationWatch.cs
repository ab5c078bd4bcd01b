using System.Collections.Immutable;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection;

/// <summary>
/// What a detector that watches a population asks of its owner, for each district: one state that all keys of the rule share, kept and
/// written like any other under <see cref="SharedKey"/>, and the members, which are there before they send anything.
/// </summary>
public interface IPopulationWatch
{
    /// <summary>The key of the shared state, and of the alert it opens: <c>source-stalled</c>.</summary>
    string SharedKey { get; }

    /// <summary>The members are the keys of the registry's rows that satisfy this condition over <c>device</c>; null where they are told otherwise.</summary>
    CelCondition? Registry { get; }

    /// <summary>The members by name; default where they are told otherwise. With neither a registry nor a list, keys become members when they are seen.</summary>
    ImmutableArray<string> List { get; }

    /// <summary>A new shared state.</summary>
    KeyState NewShared();

    /// <summary>
    /// Joins a member's state to the shared one: called once for each state after <see cref="Detector.NewState"/> or
    /// <see cref="Detector.Read"/>, before the state is stepped.
    /// </summary>
    void Join(KeyState state, KeyState shared);

    /// <summary>
    /// Takes a member's state out of the shared one without any effect: another state of the same key takes its place, or the key is gone.
    /// Nothing happens where it never joined.
    /// </summary>
    void Part(KeyState state);

    /// <summary>A key becomes a member before it has sent anything: at the start of the rule, or as the registry or the list gains it.</summary>
    /// <param name="state">Its state, new or known; a known one stays as it is.</param>
    /// <param name="atTicks">The instant its silence counts from.</param>
    /// <param name="frame">The frame with the member's device in place.</param>
    /// <param name="sink">Takes what was detected.</param>
    void Enter(KeyState state, long atTicks, CelFrame frame, IDetectionSink sink);

    /// <summary>A key is no longer a member: whatever fires for it clears with <see cref="ClearReason.Inactive"/>, and its state is empty.</summary>
    void Leave(KeyState state, long atTicks, CelFrame frame, IDetectionSink sink);
}
