using System.Collections.Immutable;

namespace AlertEngine.Engine.Ports;

/// <summary>A header of a record.</summary>
/// <param name="Name">Its name, as sent.</param>
/// <param name="Value">Its bytes.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte> Value);

/// <summary>
/// One raw record of one input: a Kafka record, or a line of a file. A struct, because millions of them pass by.
/// Its memory belongs to the reader's block and is never reused, so that it may be kept as long as it is needed.
/// </summary>
/// <param name="Input">The input's place in <see cref="IInputPort.Inputs"/>.</param>
/// <param name="Offset">Where the record begins: its Kafka offset, or its byte offset in the (unpacked) file.</param>
/// <param name="NextOffset">Where reading goes on after it. Above <paramref name="Offset"/>, but not always by one.</param>
/// <param name="Key">The record's key; empty where there is none.</param>
/// <param name="Headers">The record's headers; default where there are none.</param>
/// <param name="Value">The record's bytes; the line without its end in a file.</param>
public readonly record struct InputRecord(
    int Input,
    long Offset,
    long NextOffset,
    ReadOnlyMemory<byte> Key,
    ImmutableArray<RecordHeader> Headers,
    ReadOnlyMemory<byte> Value);
