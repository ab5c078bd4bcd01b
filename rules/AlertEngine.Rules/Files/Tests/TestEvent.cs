using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>One event of a test. Immutable.</summary>
public sealed record TestEvent
{
    /// <summary>Where its entry stands.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>CloudEvents type.</summary>
    public required string Type { get; init; }

    /// <summary>CloudEvents id.</summary>
    public required string Id { get; init; }

    /// <summary>CloudEvents source.</summary>
    public required string Source { get; init; }

    /// <summary>The device; empty where it has none.</summary>
    public string Device { get; init; } = "";

    /// <summary>When it happens, from the start of the test.</summary>
    public required Duration At { get; init; }

    /// <summary>When it arrives, from the start of the test.</summary>
    public required Duration Arrives { get; init; }

    /// <summary>Its district; empty: found as for any event.</summary>
    public string District { get; init; } = "";

    /// <summary>Its street, or empty.</summary>
    public string Street { get; init; } = "";

    /// <summary>Its grid, or empty.</summary>
    public string Grid { get; init; } = "";

    /// <summary>Its position; null: the registry's, if that knows one.</summary>
    public GeoPoint? Geo { get; init; }

    /// <summary>What it is worth.</summary>
    public EventStatus Status { get; init; }

    /// <summary>Its data; null: none.</summary>
    public YamlMapping? Data { get; init; }
}

/// <summary>A change of context: what is null stays as it was.</summary>
/// <param name="At">When, from the start of the test.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Scenes">The scenes that are on, all of them.</param>
/// <param name="Holiday">Whether it is a holiday.</param>
/// <param name="Workday">Whether it is a workday.</param>
public sealed record TestContextChange(
    Duration At, string? Mode, System.Collections.Immutable.ImmutableArray<string>? Scenes, bool? Holiday, bool? Workday);
