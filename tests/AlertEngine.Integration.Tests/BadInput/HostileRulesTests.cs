using System.Text;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.BadInput;

/// <summary>Goal: a rule file that is made to exhaust its reader is refused at once, with its place. Method: the program; the limit in time is that of the test.</summary>
public sealed class HostileRulesTests : IDisposable
{
    private const int LimitMs = 60_000;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = LimitMs)]
    public async Task A_bomb_of_aliases_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("alertengine: rules/v1\npack: bomb\nlists:\n  a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'i'; name++)
            bomb.Append($"  {name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{(char)(name - 1)}", 9))}]\n");
        await RequireRefusedAsync(bomb.ToString(), "hostile.rules.yaml:4:6 AE2005 不支持别名与锚点 / the anchor &a; write the value out where it is needed", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = LimitMs)]
    public Task A_hundred_thousand_levels_are_refused_at_the_first_that_is_too_deep() => RequireRefusedAsync(
        $"alertengine: rules/v1\npack: deep\nrules: {new string('[', 100_000)}{new string(']', 100_000)}\n",
        "hostile.rules.yaml:3:39 AE2003 嵌套过深 / nested more than 32 levels deep", TestContext.Current.CancellationToken);

    private async Task RequireRefusedAsync(string rules, string finding, CancellationToken timeout)
    {
        _folder.Write("events.ndjson", "\n");
        _folder.Write("hostile.rules.yaml", rules);
        await using EngineProcess process = EngineProcess.StartIn(_folder.Path, "replay", "--events", "events.ndjson", "--rules", "hostile.rules.yaml");
        using CancellationTokenRegistration kill = timeout.Register(process.Kill);
        Ending ending = await process.EndAsync();
        Assert.Equal(1, ending.ExitCode);
        Assert.StartsWith(finding + "\n", ending.Error);
        Assert.InRange(ending.Error.Length, finding.Length, 2_000);
        Assert.Equal("", ending.Output);
    }
}
