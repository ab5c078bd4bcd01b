using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Lanes.Replay;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Host.Reports;

/// <summary>What a replay came to, for people: what came in, what was dropped and why, alerts and orders by district and department, some orders told.</summary>
internal sealed class ReplayReport(TextWriter output, Words words, CityModel city)
{
    private const int ToldOrders = 3;

    /// <summary>Writes the report.</summary>
    /// <param name="summary">The counts.</param>
    /// <param name="ordersPath">The file of work orders, from which some are told.</param>
    public void Write(ReplaySummary summary, string ordersPath)
    {
        LaneTally tally = summary.Tally;
        WriteIntake(tally);
        WriteDistricts(tally);
        WriteUnits(tally);
        WriteStories(ordersPath);
        output.WriteLine();
        output.WriteLine(words.Of($"用时 {summary.Seconds:0.0} 秒，每秒 {Words.Number((long)summary.EventsPerSecond)} 条", $"{summary.Seconds:0.0} s, {Words.Number((long)summary.EventsPerSecond)} events a second"));
    }

    private void WriteIntake(LaneTally tally)
    {
        output.WriteLine($"{words.Of("读入", "Read"),-12} {Words.Number(tally.Events),10}");
        output.WriteLine($"{words.Of("接受", "Accepted"),-12} {Words.Number(tally.Accepted),10}");
        output.WriteLine($"{words.Of("重复", "Duplicates"),-12} {Words.Number(tally.Duplicates),10}");
        output.WriteLine($"{words.Of("迟到", "Late"),-12} {Words.Number(tally.Evaluation.Late),10}");
        output.WriteLine($"{words.Of("死信", "Dead letters"),-12} {Words.Number(tally.DeadLetters.Values.Sum()),10}");
        foreach ((string reason, long count) in tally.DeadLetters)
            output.WriteLine($"  {reason,-24} {Words.Number(count),8}");
    }

    private void WriteDistricts(LaneTally tally)
    {
        output.WriteLine();
        output.WriteLine($"{words.Of("区", "District"),-28} {words.Of("事件", "events"),10} {words.Of("告警", "alerts"),8} {words.Of("工单", "orders"),8}");
        foreach ((string code, DistrictTally counted) in tally.Districts)
            output.WriteLine($"{NameOf(code),-28} {Words.Number(counted.Accepted),10} {Words.Number(counted.Alerts),8} {Words.Number(counted.Orders),8}");
    }

    private void WriteUnits(LaneTally tally)
    {
        output.WriteLine();
        output.WriteLine($"{words.Of("主办单位", "Lead unit"),-28} {words.Of("工单", "orders"),8}");
        foreach ((string unit, long count) in tally.Orders)
            output.WriteLine($"{UnitName(unit),-28} {Words.Number(count),8}");
    }

    private void WriteStories(string ordersPath)
    {
        foreach (IReadOnlyList<JsonElement> order in OrderFile.Most(ordersPath, ToldOrders))
        {
            output.WriteLine();
            foreach (string line in OrderStory.Tell(order, words))
                output.WriteLine(line);
        }
    }

    private string NameOf(string code) => city.Districts.TryGetValue(code, out District? district) ? $"{code} {words.Of(district.Name.Zh, district.Name.En)}" : code.Length == 0 ? "-" : code;

    private string UnitName(string id) => city.Units.TryGetValue(id, out Unit? unit) ? $"{id} {words.Of(unit.Name.Zh, unit.Name.En)}" : id;
}
