using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Contracts;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: what a newcomer sees first works anywhere and is the same each time. Method: the program without a command, in two empty folders.</summary>
public sealed class SampleDayTests
{
    [Fact]
    public async Task Without_a_command_the_sample_day_is_replayed_by_the_contract_and_the_same_each_time()
    {
        using WorkFolder first = new(), second = new();
        ReplayFiles files = await ReplayAsync(first);
        Assert.InRange(files.Count("events"), 20_000, long.MaxValue);
        RequireContract(files, "workorders.ndjson", OutputKind.WorkOrder);
        RequireContract(files, "alerts.ndjson", OutputKind.Alert);
        ReplayFiles again = await ReplayAsync(second);
        again.RequireSameOutputs(files);
        Assert.Equal(files.SummaryWithoutClock(), again.SummaryWithoutClock());
    }

    private static async Task<ReplayFiles> ReplayAsync(WorkFolder folder)
    {
        Ending ending = await EngineProcess.RunInAsync(folder.Path);
        Assert.True(ending.ExitCode == 0, ending.Error);
        Assert.Equal(3, ending.Output.Split('\n').Count(line => line.StartsWith("Work order ", StringComparison.Ordinal)));
        return new ReplayFiles(folder.File("out", "sample-day"));
    }

    private static void RequireContract(ReplayFiles files, string name, OutputKind kind)
    {
        string[] lines = files.Lines(name);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(OutputContract.Faults(kind, line)));
    }
}
