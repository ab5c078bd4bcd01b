using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Publish;

/// <summary>The districts' digests that wait for the city's, as bytes of the journal.</summary>
internal static class DigestCodec
{
    /// <summary>A city has some dozen districts and units.</summary>
    private const int NameLimit = 10_000;

    public static void Write(StateWriter writer, CityDigests digests)
    {
        writer.Signed(digests.LastTicks);
        writer.Count(digests.Told.Values.Sum(told => told.Count));
        foreach ((string district, DigestNumbers numbers) in digests.Told.Values.SelectMany(told => told))
        {
            writer.Text(district);
            Write(writer, numbers);
        }
    }

    public static void Read(StateReader reader, CityDigests digests)
    {
        digests.Restore(reader.Signed());
        for (int left = reader.Bounded(CityDigests.InstantLimit * NameLimit); left > 0; left--)
            digests.Put(reader.RequiredText(), ReadNumbers(reader));
    }

    private static void Write(StateWriter writer, DigestNumbers numbers)
    {
        writer.Signed(numbers.AtTicks);
        writer.Count(numbers.Dispatched);
        writer.Count(numbers.DispatchedBefore);
        foreach (int count in numbers.BySeverity)
            writer.Count(count);
        writer.Count(numbers.ByUnit.Count);
        foreach ((string unit, int count) in numbers.ByUnit)
        {
            writer.Text(unit);
            writer.Count(count);
        }

        writer.Count(numbers.Open);
        Write(writer, numbers.Overdue);
        Write(writer, numbers.Escalated);
        Write(writer, numbers.Silent);
    }

    private static DigestNumbers ReadNumbers(StateReader reader) => new(
        reader.Signed(), reader.Count(), reader.Count(), [.. Enum.GetValues<Severity>().Select(_ => reader.Count())], ReadUnits(reader),
        reader.Count(), ReadList(reader), ReadList(reader), ReadList(reader));

    private static ImmutableSortedDictionary<string, int> ReadUnits(StateReader reader)
    {
        ImmutableSortedDictionary<string, int>.Builder units = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        for (int left = reader.Bounded(NameLimit); left > 0; left--)
            units[reader.RequiredText()] = reader.Count();
        return units.ToImmutable();
    }

    private static void Write(StateWriter writer, DigestList list)
    {
        writer.Count(list.Count);
        writer.Count(list.First.Length);
        foreach (string id in list.First)
            writer.Text(id);
    }

    private static DigestList ReadList(StateReader reader)
    {
        int count = reader.Count();
        var first = new string[reader.Bounded(DigestList.Named)];
        for (int i = 0; i < first.Length; i++)
            first[i] = reader.RequiredText();
        return new DigestList(count, ImmutableArray.Create(first));
    }
}
