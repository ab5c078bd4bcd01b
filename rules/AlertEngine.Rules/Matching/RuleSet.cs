using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// Everything that rule files and the city file say, compiled: one immutable snapshot, swapped by one reference at a batch boundary.
/// Thread-safe.
/// </summary>
public sealed record RuleSet
{
    /// <summary>SHA-256 over the sources, in hexadecimal: the same files give the same hash on every machine.</summary>
    public required string Hash { get; init; }

    /// <summary>The rules, ordered by id. A rule's place here is its number within this set.</summary>
    public required ImmutableArray<CompiledRule> Rules { get; init; }

    /// <summary>The declared event types.</summary>
    public required FrozenDictionary<string, EventLayout> Layouts { get; init; }

    /// <summary>The record of the device registry's rows.</summary>
    public required CelRecordType DeviceRecord { get; init; }

    /// <summary>The record of the context: mode, scenes, holiday, workday, tz.</summary>
    public required CelRecordType ContextRecord { get; init; }

    /// <summary>Inhibitions.</summary>
    public ImmutableArray<InhibitPlan> Inhibitions { get; init; } = [];

    /// <summary>The city that the rules were checked against; <see cref="CityModel.Open"/> where none was given.</summary>
    public required CityModel City { get; init; }

    /// <summary>The registry's rows by device id, each with the slots of <see cref="DeviceRecord"/>.</summary>
    public required FrozenDictionary<string, CelValue[]> Devices { get; init; }
}
