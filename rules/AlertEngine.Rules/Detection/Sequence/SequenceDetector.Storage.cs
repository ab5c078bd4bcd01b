using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Sequence;

/// <content>The stored form.</content>
public sealed partial class SequenceDetector
{
    private const byte FormatVersion = 1;
    private const int StoredSlotLimit = 4_096;

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer)
    {
        var sequence = (SequenceState)state;
        writer.Byte(FormatVersion);
        writer.Signed(sequence.DueTicks);
        writer.Signed(sequence.QuietTicks);
        writer.Count(sequence.Completed);
        Write(sequence.LastRecords ?? [], writer);
        writer.Count(sequence.Asofs?.Length ?? 0);
        foreach (AsofValue asof in sequence.Asofs ?? [])
        {
            writer.Signed(asof.AtTicks);
            writer.Signed(asof.ExpiresTicks);
            writer.Value(asof.Value);
        }

        writer.Count(sequence.Runs.Count);
        foreach (SequenceRun run in sequence.Runs)
            Write(run, writer);
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var sequence = new SequenceState
        {
            DueTicks = reader.Signed(),
            QuietTicks = reader.Signed(),
            Completed = reader.Count(),
        };
        CelValue[][] last = ReadRecords(reader);
        sequence.LastRecords = sequence.Completed > 0 ? last : null;
        ReadAsofs(sequence, reader);
        int runs = reader.Bounded(SequenceOptions.RunLimit);
        for (int i = 0; i < runs; i++)
        {
            SequenceRun run = ReadRun(reader);
            // A rule that was edited may have fewer steps: a run that is beyond them is over.
            if (run.Stage < _stages.Length)
                sequence.Runs.Add(run);
        }

        return sequence;
    }

    private void ReadAsofs(SequenceState sequence, StateReader reader)
    {
        int asofs = reader.Bounded(SequenceOptions.SourceLimit);
        var values = new AsofValue[_asofs.Length];
        for (int i = 0; i < asofs; i++)
        {
            var value = new AsofValue(reader.Signed(), reader.Signed(), reader.Value());
            if (i < values.Length)
                values[i] = value;
        }

        sequence.Asofs = Array.Exists(values, value => value.Value.IsPresent) ? values : null;
    }

    private static void Write(SequenceRun run, StateWriter writer)
    {
        writer.Text(run.StartSource);
        writer.Text(run.StartId);
        writer.Signed(run.StartTicks);
        writer.Signed(run.ExpiresTicks);
        writer.Signed(run.LastTicks);
        writer.Signed(run.CompletesTicks);
        writer.Count(run.Stage);
        Write(run.Records, writer);
    }

    private SequenceRun ReadRun(StateReader reader) => new()
    {
        StartSource = reader.RequiredText(),
        StartId = reader.RequiredText(),
        StartTicks = reader.Signed(),
        ExpiresTicks = reader.Signed(),
        LastTicks = reader.Signed(),
        CompletesTicks = reader.Signed(),
        Stage = reader.Count(),
        Records = ReadRecords(reader),
    };

    private static void Write(CelValue[][] records, StateWriter writer)
    {
        writer.Count(records.Length);
        foreach (CelValue[] record in records)
        {
            writer.Count(record.Length);
            foreach (CelValue value in record)
                writer.Value(value);
        }
    }

    // Compiled expressions read slots without asking for the length, so a record always has the slots of the step as it is now.
    private CelValue[][] ReadRecords(StateReader reader)
    {
        int count = reader.Bounded(FrameRecords.StepLimit);
        var records = new CelValue[_options.Steps.Length][];
        Array.Fill(records, []);
        for (int i = 0; i < count; i++)
        {
            int slots = reader.Bounded(StoredSlotLimit);
            CelValue[] record = i < records.Length && slots > 0 ? new CelValue[_options.Steps[i].RecordSlots] : [];
            for (int slot = 0; slot < slots; slot++)
            {
                CelValue value = reader.Value();
                if (slot < record.Length)
                    record[slot] = value;
            }

            if (i < records.Length)
                records[i] = record;
        }

        return records;
    }
}
