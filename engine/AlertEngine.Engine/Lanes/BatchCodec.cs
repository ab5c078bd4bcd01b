using System.Buffers.Binary;
using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The bytes of a <see cref="BatchEvent"/>, version 2. Versions only add: what is stored is read by every later release, which the tests of
/// stored bytes hold.
/// </summary>
public static class BatchCodec
{
    private const byte Version = 2;
    private const int KeyBytes = 24;

    /// <summary>Encodes a batch. The bytes are the writer's until it is cleared.</summary>
    public static ReadOnlyMemory<byte> Encode(BatchEvent batch, StateWriter writer)
    {
        writer.Byte(Version);
        writer.Signed(batch.Sequence);
        writer.Signed(batch.Predecessor);
        writer.Signed(batch.NowTicks);
        writer.Signed(batch.FrontTicks);
        writer.Signed(batch.HighestTicks);
        writer.Text(batch.RuleSetHash);
        writer.Bool(batch.IsLast);
        WriteNumbers(writer, batch.LatenessTicks);
        WriteMarks(writer, batch.Inputs);
        WriteSenders(writer, batch.Senders);
        WriteAdmitted(writer, batch.Admitted);
        WriteBuffered(writer, batch.Buffered);
        WriteDeltas(writer, batch.Deltas);
        WriteOutputs(writer, batch);
        WriteNumbers(writer, [.. batch.Undeliverable]);
        batch.Tally.Encode(writer);
        return writer.Written;
    }

    /// <summary>Decodes a batch.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a batch of a known version: a corrupt journal.</exception>
    public static BatchEvent Decode(ReadOnlyMemory<byte> bytes)
    {
        StateReader reader = new(bytes);
        byte version = reader.Byte();
        if (version != Version)
            throw new InvalidDataException($"a batch of version {version}; this release reads version {Version}");
        return new BatchEvent
        {
            Sequence = reader.Signed(),
            Predecessor = reader.Signed(),
            NowTicks = reader.Signed(),
            FrontTicks = reader.Signed(),
            HighestTicks = reader.Signed(),
            RuleSetHash = reader.RequiredText(),
            IsLast = reader.Bool(),
            LatenessTicks = ReadNumbers(reader),
            Inputs = ReadMarks(reader),
            Senders = ReadSenders(reader),
            Admitted = ReadAdmitted(reader),
            Buffered = ReadBuffered(reader),
            Deltas = ReadDeltas(reader),
            FirstEmitSeq = reader.Signed(),
            Outputs = ReadOutputs(reader),
            Undeliverable = ReadNumbers(reader),
            Tally = LaneTally.Decode(reader),
        };
    }

    internal static void WriteNumbers(StateWriter writer, ImmutableArray<long> numbers)
    {
        writer.Count(numbers.Length);
        foreach (long value in numbers)
            writer.Signed(value);
    }

    internal static ImmutableArray<long> ReadNumbers(StateReader reader)
    {
        long[] numbers = new long[reader.Count()];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = reader.Signed();
        return [.. numbers];
    }

    internal static void WriteMarks(StateWriter writer, ImmutableArray<InputMark> marks)
    {
        writer.Count(marks.Length);
        foreach (InputMark mark in marks)
        {
            writer.Signed(mark.ReadOffset);
            writer.Signed(mark.MaxTimeTicks);
        }
    }

    internal static ImmutableArray<InputMark> ReadMarks(StateReader reader)
    {
        InputMark[] marks = new InputMark[reader.Count()];
        for (int i = 0; i < marks.Length; i++)
            marks[i] = new InputMark(reader.Signed(), reader.Signed());
        return [.. marks];
    }

    internal static void WriteSenders(StateWriter writer, IReadOnlyList<SenderMark> senders)
    {
        writer.Count(senders.Count);
        foreach (SenderMark sender in senders)
        {
            writer.Count(sender.Input);
            writer.Count(sender.Lane);
            writer.Signed(sender.WatermarkTicks);
        }
    }

    internal static ImmutableArray<SenderMark> ReadSenders(StateReader reader)
    {
        SenderMark[] senders = new SenderMark[reader.Count()];
        for (int i = 0; i < senders.Length; i++)
            senders[i] = new SenderMark(reader.Count(), reader.Count(), reader.Signed());
        return [.. senders];
    }

    internal static void WriteBuffered(StateWriter writer, IReadOnlyList<BufferedEvent> buffered)
    {
        writer.Count(buffered.Count);
        long time = 0;
        foreach (BufferedEvent entry in buffered)
        {
            WriteCoordinate(writer, entry.At);
            writer.Signed(entry.TimeTicks - time);
            writer.Unsigned(entry.Classes);
            time = entry.TimeTicks;
        }
    }

    internal static List<BufferedEvent> ReadBuffered(StateReader reader)
    {
        int count = reader.Count();
        List<BufferedEvent> buffered = [];
        long time = 0;
        for (int i = 0; i < count; i++)
        {
            Coordinate at = ReadCoordinate(reader);
            time += reader.Signed();
            buffered.Add(new BufferedEvent(at, time, checked((uint)reader.Unsigned())));
        }

        return buffered;
    }

    private static void WriteAdmitted(StateWriter writer, IReadOnlyList<AdmittedKey> admitted)
    {
        writer.Count(admitted.Count);
        Span<byte> key = stackalloc byte[KeyBytes];
        foreach (AdmittedKey entry in admitted)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(key, entry.Key);
            BinaryPrimitives.WriteUInt64LittleEndian(key[16..], entry.PayloadHash);
            writer.Bytes(key);
            WriteCoordinate(writer, entry.At);
        }
    }

    private static List<AdmittedKey> ReadAdmitted(StateReader reader)
    {
        int count = reader.Count();
        List<AdmittedKey> admitted = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> key = reader.Bytes().Span;
            if (key.Length != KeyBytes)
                throw new InvalidDataException("a key of another length");
            admitted.Add(new AdmittedKey(
                BinaryPrimitives.ReadUInt128LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[16..]), ReadCoordinate(reader)));
        }

        return admitted;
    }

    private static void WriteDeltas(StateWriter writer, ImmutableArray<DistrictDelta> deltas)
    {
        writer.Count(deltas.Length);
        foreach (DistrictDelta delta in deltas)
        {
            writer.Text(delta.District);
            writer.Bytes(delta.Delta.Span);
            writer.Signed(delta.NextDueFrontTicks);
            writer.Signed(delta.NextDueNowTicks);
        }
    }

    private static ImmutableArray<DistrictDelta> ReadDeltas(StateReader reader)
    {
        DistrictDelta[] deltas = new DistrictDelta[reader.Count()];
        for (int i = 0; i < deltas.Length; i++)
            deltas[i] = new DistrictDelta(reader.RequiredText(), reader.Bytes(), reader.Signed(), reader.Signed());
        return [.. deltas];
    }

    private static void WriteOutputs(StateWriter writer, BatchEvent batch)
    {
        writer.Signed(batch.FirstEmitSeq);
        writer.Count(batch.Outputs.Length);
        foreach (Output output in batch.Outputs)
        {
            writer.Byte((byte)output.Kind);
            writer.Text(output.Topic);
            writer.Text(output.Key);
            writer.Bytes(output.Value.Span);
            writer.Text(output.DispatchedTo);
            WriteTransit(writer, output.Transit);
        }
    }

    private static ImmutableArray<Output> ReadOutputs(StateReader reader)
    {
        Output[] outputs = new Output[reader.Count()];
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = new Output((OutputKind)reader.Byte(), reader.RequiredText(), reader.RequiredText(), reader.Bytes(), reader.Text()) { Transit = ReadTransit(reader) };
        return [.. outputs];
    }

    private static void WriteTransit(StateWriter writer, OutputTransit? transit)
    {
        writer.Bool(transit is not null);
        if (transit is not { } carried)
            return;
        writer.Signed(carried.WatermarkTicks);
        writer.Count(carried.Redrive);
    }

    private static OutputTransit? ReadTransit(StateReader reader) => reader.Bool() ? new OutputTransit(reader.Signed(), reader.Count()) : null;

    private static void WriteCoordinate(StateWriter writer, Coordinate at)
    {
        writer.Count(at.Input);
        writer.Signed(at.Offset);
    }

    private static Coordinate ReadCoordinate(StateReader reader) => new(reader.Count(), reader.Signed());
}
