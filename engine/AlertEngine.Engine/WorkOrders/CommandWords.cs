using System.Collections.Frozen;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders.Centre;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>The words of commands, as topics, files of commands and tests of rules write them.</summary>
internal static class CommandWords
{
    private const string Silence = "silence";
    private const string Unsilence = "unsilence";

    private static readonly string[] Contexts = [ContextCommand.SwitchMode, ContextCommand.StartScene, ContextCommand.StopScene];

    private static readonly FrozenDictionary<string, OrderVerb> Verbs = Enum.GetValues<OrderVerb>().ToFrozenDictionary(OrderLifecycle.Word, StringComparer.Ordinal);

    /// <summary>All words, for refusals.</summary>
    public static string All { get; } = string.Join(", ", [.. Enum.GetValues<OrderVerb>().Select(OrderLifecycle.Word), Silence, Unsilence, .. Contexts, AdoptCommand.Adopt]);

    /// <summary>Whether a word is about orders, and so may be feedback.</summary>
    public static bool IsOfOrders(string word) => Verbs.ContainsKey(word);

    /// <summary>Whether a word is about the mode or a scene.</summary>
    public static bool IsOfContext(string word) => Contexts.Contains(word);

    /// <summary>Whether a word is one.</summary>
    public static bool IsKnown(string word) => word is Silence or Unsilence or AdoptCommand.Adopt || IsOfContext(word) || Verbs.ContainsKey(word);

    /// <summary>The command of a word that is known.</summary>
    public static DistrictCommand Make(string word, string id, long atTicks, string actor, string reason, string? order, string? to) =>
        word is Silence or Unsilence
            ? new SilenceCommand(id, word == Unsilence, atTicks, actor, reason)
            : IsOfContext(word) ? new ContextCommand(id, atTicks, actor, reason, word)
            : new OrderCommand(id, Verbs[word], atTicks, actor, reason) { Order = order, ToUnit = to };
}
