using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>Groups, storms, their members and what is left of flood budgets, as bytes of the journal.</summary>
internal sealed class BundleCodec(BundleBook book, FloodBudget budget)
{
    private const int Severities = 4;

    public bool IsChanged => book.Changed.Count != 0 || book.ChangedMembers.Count != 0 || budget.Changed.Count != 0;

    /// <summary>Writes what changed, or all of it.</summary>
    public void Write(StateWriter writer, bool isAll)
    {
        WriteEach(writer, isAll ? [.. book.All.Keys] : book.Changed, book.Find, WriteBundle);
        WriteEach(writer, isAll ? [.. book.Members.Keys] : book.ChangedMembers, book.FindMember, WriteMember);
        WriteEach(writer, isAll ? [.. budget.All.Keys] : budget.Changed, key => budget.All[key], WriteSpent);
    }

    /// <summary>Reads what was written.</summary>
    public void Read(StateReader reader)
    {
        for (int left = reader.Count(); left > 0; left--)
        {
            string key = reader.RequiredText();
            if (reader.Bool())
                book.Restore(ReadBundle(reader, key));
            else
                book.Remove(key);
        }

        for (int left = reader.Count(); left > 0; left--)
        {
            string id = reader.RequiredText();
            book.RestoreMember(id, reader.Bool() ? new BundleMember(reader.RequiredText(), (Severity)reader.Byte(), reader.Count()) : null);
        }

        for (int left = reader.Count(); left > 0; left--)
        {
            string key = reader.RequiredText();
            budget.Restore(key, reader.Bool() ? ReadSpent(reader) : []);
        }
    }

    public void MarkSaved()
    {
        book.MarkSaved();
        budget.MarkSaved();
    }

    public void Clear()
    {
        book.Clear();
        budget.Clear();
    }

    private static void WriteEach<T>(StateWriter writer, IReadOnlyCollection<string> keys, Func<string, T?> find, Action<StateWriter, T> write)
        where T : class
    {
        writer.Count(keys.Count);
        foreach (string key in keys)
        {
            T? value = find(key);
            writer.Text(key);
            writer.Bool(value is not null);
            if (value is not null)
                write(writer, value);
        }
    }

    private static void WriteBundle(StateWriter writer, Bundle bundle)
    {
        writer.Byte((byte)bundle.Kind);
        writer.Text(bundle.RuleId);
        writer.Bool(bundle.Alert is not null);
        if (bundle.Alert is { } alert)
            AlertCodec.Write(writer, alert);
        foreach (int count in bundle.FiringBySeverity)
            writer.Count(count);
        writer.Byte((byte)bundle.Told);
        writer.Byte((byte)bundle.ToldSeverity);
        writer.Bool(bundle.IsDirty);
        writer.Bool(bundle.DueTicks is not null);
        writer.Signed(bundle.DueTicks ?? 0);
        writer.Signed(bundle.KeptUntilTicks);
    }

    private static Bundle ReadBundle(StateReader reader, string key)
    {
        var bundle = new Bundle
        {
            Key = key,
            Kind = (BundleKind)reader.Byte(),
            RuleId = reader.RequiredText(),
            Alert = reader.Bool() ? AlertCodec.Read(reader) : null,
            FiringBySeverity = [.. ReadCounts(reader)],
            Told = (ToldState)reader.Byte(),
            ToldSeverity = (Severity)reader.Byte(),
            IsDirty = reader.Bool(),
        };
        bool isWaiting = reader.Bool();
        long dueTicks = reader.Signed();
        return bundle with { DueTicks = isWaiting ? dueTicks : null, KeptUntilTicks = reader.Signed() };
    }

    private static int[] ReadCounts(StateReader reader)
    {
        var counts = new int[Severities];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = reader.Count();
        return counts;
    }

    private static void WriteMember(StateWriter writer, BundleMember member)
    {
        writer.Text(member.BundleKey);
        writer.Byte((byte)member.Severity);
        writer.Count(member.MergedCount);
    }

    // Each instant as the distance from the one before: a list of thousands stays small.
    private static void WriteSpent(StateWriter writer, List<Spent> entries)
    {
        writer.Count(entries.Count);
        long formerTicks = 0;
        foreach (Spent entry in entries)
        {
            writer.Signed(entry.AtTicks - formerTicks);
            writer.Count(entry.Orders);
            formerTicks = entry.AtTicks;
        }
    }

    private static ImmutableArray<Spent> ReadSpent(StateReader reader)
    {
        int count = reader.Count();
        var entries = ImmutableArray.CreateBuilder<Spent>(Math.Min(count, FloodBudget.EntryLimit));
        long formerTicks = 0;
        for (int i = 0; i < count; i++)
        {
            formerTicks += reader.Signed();
            entries.Add(new Spent(formerTicks, reader.Count()));
        }

        return entries.ToImmutable();
    }
}
