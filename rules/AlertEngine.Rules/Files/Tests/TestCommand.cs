using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>A command or feedback of a test. Immutable.</summary>
public sealed record TestCommand
{
    /// <summary>The commands that there are.</summary>
    public static ImmutableArray<string> Words { get; } =
    [
        "acknowledge", "arrive", "resolve", "verify", "return", "reopen", "close", "cancel", "suspend", "resume", "extend", "reassign", "silence", "unsilence",
    ];

    /// <summary>Where its entry stands.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>When, from the start of the test.</summary>
    public required Duration At { get; init; }

    /// <summary>One of <see cref="Words"/>.</summary>
    public required string Command { get; init; }

    /// <summary>Of which rule, with its place; null: any.</summary>
    public YamlScalar? Rule { get; init; }

    /// <summary>Of which key; null: any.</summary>
    public string? Key { get; init; }

    /// <summary>Which order: its lead or its id; null: any.</summary>
    public string? Order { get; init; }

    /// <summary>On behalf of which unit; null: the lead, or somebody above it.</summary>
    public string? Unit { get; init; }

    /// <summary>Of which district a silence is; null: any.</summary>
    public string? District { get; init; }

    /// <summary>Of which event class a silence is; null: any.</summary>
    public string? EventClass { get; init; }

    /// <summary>Until when a silence lasts, exclusive, or the deadline that an extension sets, from the start of the test; null where the command has no end.</summary>
    public Duration? Until { get; init; }

    /// <summary>The unit that an order is reassigned to; null elsewhere.</summary>
    public string? To { get; init; }

    /// <summary>Who gives it.</summary>
    public required string Actor { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
