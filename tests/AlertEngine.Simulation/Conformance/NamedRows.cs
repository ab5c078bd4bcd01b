using System.Text;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Simulation.Conformance;

/// <summary>Rows and snapshots that are told apart by a name.</summary>
internal static class NamedRows
{
    public static LaneRow Row(string name) => new AttemptRow(0, 0, 0, default, [], name);

    public static LaneSnapshot Snapshot(long row, string name) => new(0, row, Encoding.UTF8.GetBytes(name), []);

    public static string Text(long number, LaneRow row) => $"{number}={((AttemptRow)row).RuleSetHash}";

    public static string Text(LaneSnapshot snapshot) => $"{Encoding.UTF8.GetString(snapshot.Lane.Span)}@{snapshot.RowNumber}";
}
