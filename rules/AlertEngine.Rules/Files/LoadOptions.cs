using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Devices;
using NodaTime;

namespace AlertEngine.Rules.Files;

/// <summary>How rules are loaded. Immutable.</summary>
public sealed record LoadOptions
{
    /// <summary>The usual options.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>The lateness of rules that state none; those with <c>each</c> have 0 s. Default 5 s.</summary>
    public Duration DefaultLateness { get; init; } = Duration.FromSeconds(5);

    /// <summary>The local day on which overrides are judged expired; null: not asked, because the loader has no clock.</summary>
    public LocalDate? Today { get; init; }

    /// <summary>Devices of a test, over those of the registry.</summary>
    public DeviceRegistry Devices { get; init; } = DeviceRegistry.Empty;

    /// <summary>Places of a test, over those of the city file, by kind.</summary>
    public FrozenDictionary<string, ImmutableArray<Place>> Places { get; init; } = FrozenDictionary<string, ImmutableArray<Place>>.Empty;
}
