using System.Text.Json;
using AlertEngine.Engine.Ports;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>What a kernel sent, as people would tell it: the minute and the word of each message.</summary>
internal static class KernelStory
{
    /// <summary>All messages but replies, in order.</summary>
    public static string Of(KernelRun run, long startTicks) =>
        string.Join(", ", run.Outputs.Where(output => output.Kind != OutputKind.Reply).Select(Line(startTicks)));

    /// <summary>One message: <c>5 escalated</c>.</summary>
    public static Func<Output, string> Line(long startTicks) => output =>
    {
        JsonElement json = JsonDocument.Parse(output.Value).RootElement;
        long ticks = InstantPattern.ExtendedIso.Parse(json.GetProperty("time").GetString()!).Value.ToUnixTimeTicks();
        return $"{(ticks - startTicks) / NodaConstants.TicksPerMinute} {json.GetProperty("type").GetString()!.Split('.')[2]}";
    };
}
