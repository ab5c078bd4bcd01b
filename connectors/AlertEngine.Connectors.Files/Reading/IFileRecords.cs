using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>The records of one file, whatever it is made of. Not thread-safe.</summary>
internal interface IFileRecords : IDisposable
{
    /// <summary>Whether nothing is left behind what was read.</summary>
    bool IsAtEnd { get; }

    /// <summary>Places the file at a record's offset, or at its beginning.</summary>
    /// <exception cref="InvalidDataException">The offset lies beyond the file's beginning but before its records.</exception>
    ValueTask SeekAsync(long offset, CancellationToken cancellation);

    /// <summary>Reads up to <paramref name="maxRecords"/> records.</summary>
    ValueTask ReadAsync(int maxRecords, ImmutableArray<InputRecord>.Builder records, CancellationToken cancellation);
}
