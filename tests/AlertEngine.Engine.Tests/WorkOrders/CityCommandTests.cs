using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: a command for the whole city is answered once and reaches each district once, saying there what it said here. Method: the city's kernel, and
/// the decoder that the districts' lanes read its records with.
/// </summary>
public sealed class CityCommandTests
{
    private static readonly long NowTicks = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    private static readonly RuleSet Rules = TestRules.Set() with
    {
        City = CityModel.Open with
        {
            Code = "320100",
            Districts = new[] { "320104", "320102" }.ToFrozenDictionary(code => code, code => new District(code, LocalText.Both(code), []), StringComparer.Ordinal),
        },
    };

    public static TheoryData<DistrictCommand> Commands =>
    [
        new ContextCommand("m", NowTicks - 50, "wang", "rain", ContextCommand.SwitchMode) { Mode = "emergency" },
        new ContextCommand("s", NowTicks + 90, "wang", "rain", ContextCommand.StartScene) { Scene = "flood", EffectiveAtTicks = NowTicks + 90 },
        new SilenceCommand("q", false, NowTicks - 10, "wang", "works") { RuleId = "high", Key = "W-1", EventClass = "flood", UntilTicks = NowTicks + 900 },
        new SilenceCommand("u", true, NowTicks - 10, "wang", "done") { RuleId = "high" },
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_district_reads_what_the_city_was_told_under_an_id_of_its_own(DistrictCommand command)
    {
        ImmutableArray<Output> said = Said(Kernel(), command);
        Assert.Equal(OutputKind.Reply, Assert.Single(said, output => output.Kind != OutputKind.Rekeyed).Kind);
        Output[] records = [.. said.Where(output => output.Kind == OutputKind.Rekeyed)];
        Assert.Equal([("city.commands.v1", "320102"), ("city.commands.v1", "320104")], records.Select(record => (record.Topic, record.Key)));
        foreach (Output record in records)
        {
            CommandReading reading = Decoder().Decode(new InputRecord(0, 0, 1, default, default, record.Value), new TimeBounds(NowTicks + 10, NowTicks));
            Assert.Equal(record.Key, reading.District);
            DistrictCommand wanted = CityCommands.Copy(command, record.Key);
            Assert.Equal(wanted is ContextCommand ? wanted with { EffectiveAtTicks = wanted.AtTicks } : wanted, reading.Command);
        }
    }

    [Fact]
    public void The_same_command_again_is_answered_as_repeated_and_sent_to_nobody()
    {
        DistrictKernel kernel = Kernel();
        SilenceCommand silence = new("q", false, NowTicks, "wang", "works") { RuleId = "high", UntilTicks = NowTicks + 900 };
        Said(kernel, silence);
        Assert.Contains("city.command.repeated.v1", Encoding.UTF8.GetString(Assert.Single(Said(kernel, silence)).Value.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_about_orders_stays_with_the_orders_of_the_city()
    {
        OrderCommand close = new("o", OrderVerb.Close, NowTicks, "wang", "done") { RuleId = "high" };
        Assert.Equal(OutputKind.Reply, Assert.Single(Said(Kernel(), close)).Kind);
    }

    private static DistrictKernel Kernel() => new("320100", Rules, CityCentre.IndexOf(Rules), new KernelOptions(PeopleClock.Wall) { Broadcasts = true });

    private static CommandDecoder Decoder() => new(Rules.City, [new InputDescription("city.commands.v1", "1", 0, InputKind.Commands)]);

    private static ImmutableArray<Output> Said(DistrictKernel kernel, DistrictCommand command) =>
        kernel.Evaluate(new DistrictBatch("320100", 1, NowTicks, [new BatchStep(NowTicks, null, null, 0, Command: command)])).Outputs;
}
