using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Lanes.Replay;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Replay;

/// <summary>How the outcome of a replay is shown.</summary>
internal sealed record ReplayShow(Words Words, bool IsJson, bool IsStrict)
{
    /// <summary>Shows it.</summary>
    public void Write(ReplaySummary summary, ReplayComposition composition, TextWriter output)
    {
        if (!IsJson)
        {
            new ReplayReport(output, Words, composition.Rules.City).Write(summary, composition.OrdersPath);
            return;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            summary.Write(json);
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
