using System.Collections.Immutable;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Engine.Ingest;

/// <summary>A mapping with the second files that it names, ready for the rows of any number of files. Immutable and thread-safe.</summary>
public sealed class EventMapping
{
    private readonly MappingPlan _plan;
    private readonly ImmutableArray<LookupTable> _lookups;

    private EventMapping(MappingPlan plan, ImmutableArray<LookupTable> lookups)
    {
        _plan = plan;
        _lookups = lookups;
    }

    /// <summary>The mapping's name.</summary>
    public string Name => _plan.Name;

    /// <summary>Reads the second files of a mapping.</summary>
    /// <param name="plan">The mapping.</param>
    /// <param name="companion">The bytes of a second file by the name that the mapping gives it; null where there is none.</param>
    /// <param name="faults">What is wrong with them, a sentence each.</param>
    /// <returns>The mapping; null where there are faults.</returns>
    public static EventMapping? Create(MappingPlan plan, Func<string, ReadOnlyMemory<byte>?> companion, out ImmutableArray<string> faults)
    {
        ImmutableArray<LookupTable>.Builder lookups = ImmutableArray.CreateBuilder<LookupTable>();
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();
        foreach (LookupPlan lookup in plan.Lookups)
        {
            string? fault = $"{lookup.File}: the file cannot be read";
            if (companion(lookup.File) is { } bytes && LookupTable.Read(lookup, bytes, out fault) is { } table)
                lookups.Add(table);
            else
                found.Add(fault!);
        }

        faults = found.DrainToImmutable();
        return faults.IsEmpty ? new EventMapping(plan, lookups.DrainToImmutable()) : null;
    }

    /// <summary>The mapping of the rows of one file.</summary>
    public IRowMapping ForFile() => new RowMapping(_plan, _lookups);
}
