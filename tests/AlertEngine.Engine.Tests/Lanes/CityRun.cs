using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// A city of several lanes in memory, each with the real decoder and kernels: the lanes of districts run to their end, then the city lane over what
/// they told it, in any order that leaves each lane's own alone.
/// </summary>
internal sealed class CityRun(RuleSet rules, int lanes, Random? random)
{
    private readonly RuleIndex _index = new(rules.Rules);
    private readonly RuleIndex _cityIndex = CityCentre.IndexOf(rules);

    /// <summary>The planted bug: what a lane tells the city carries the time of the whole batch.</summary>
    public bool BeatsAheadOfAlerts { get; init; }

    /// <summary>What the lanes of districts published.</summary>
    public List<(int Lane, Output Output)> Said { get; } = [];

    /// <summary>The same without their lanes.</summary>
    public IEnumerable<Output> Districts => Said.Select(said => said.Output);

    /// <summary>What the city lane published, in its order.</summary>
    public ImmutableArray<Output> City { get; private set; } = [];

    /// <summary>The world of the city lane.</summary>
    public MemoryWorld CityWorld { get; private set; } = new();

    public static RuleSet Load(string text)
    {
        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = [new SourceFile("centre.rules.yaml", text)] });
        Assert.True(loaded.Rules is not null, string.Join('\n', loaded.Diagnostics.Select(TextRenderer.Render)));
        return loaded.Rules;
    }

    /// <summary>The lane of a district: any function of it will do.</summary>
    public int LaneOf(string district) => district == rules.City.Code ? lanes : district[^1] % lanes;

    /// <summary>
    /// Runs events, each with its district and its line, in the order of their arrival; commands are of the first lane's input. Then the city lane,
    /// and the lanes of districts once more over what it has said to them.
    /// </summary>
    public CityRun Over(IReadOnlyList<(string District, string Line)> events, params ImmutableArray<string> commands)
    {
        ImmutableArray<MemoryWorld> worlds = [.. Enumerable.Range(0, lanes).Select(lane => WorldOf(lane, events, lane == 0 ? commands : []))];
        for (int lane = 0; lane < lanes; lane++)
            RunDistricts(worlds[lane], Options(lane));
        CityWorld = MemoryWorld.Told(Interleaved());
        Run(CityWorld, Options(lanes) with { SendingLanes = lanes, LaneOf = null }, _cityIndex, LaneRules.Of(rules, _cityIndex));
        City = [.. CityWorld.Visible.Select(output => output.Output)];
        for (int lane = 0; lane < lanes; lane++)
        {
            worlds[lane].Say(2, Texts(City.Where(output => output.Topic == LaneTopics.Commands && LaneOf(output.Key) == lane), OutputKind.Rekeyed));
            RunDistricts(worlds[lane], Options(lane) with { GoesOn = true });
        }

        return this;
    }

    private MemoryWorld WorldOf(int lane, IReadOnlyList<(string District, string Line)> events, ImmutableArray<string> commands) => new MemoryWorld(
        [.. events.Where(one => (one.District == rules.City.Code ? 0 : LaneOf(one.District)) == lane).Select(one => one.Line)], commands, []).With(1, InputKind.Commands).With(2, InputKind.Commands);

    private void RunDistricts(MemoryWorld world, LaneOptions options)
    {
        int before = world.Visible.Count;
        Run(world, options, _index, LaneRules.Of(rules, _index, _cityIndex));
        Said.AddRange(world.Visible.Skip(before).Select(output => (options.Lane, output.Output)));
    }

    public static string[] Texts(IEnumerable<Output> outputs, params OutputKind[] kinds) =>
        [.. outputs.Where(output => kinds.Contains(output.Kind)).Select(output => Encoding.UTF8.GetString(output.Value.Span))];

    private LaneOptions Options(int lane) => new()
    {
        Lane = lane, IsReplay = true, CityCode = rules.City.Code, CityBeat = CityCentre.BeatOf(rules), LaneOf = LaneOf, BeatsAheadOfAlerts = BeatsAheadOfAlerts,
        BatchRecords = random?.Next(1, 40) ?? 1_000, SliceRecords = random?.Next(1, 9) ?? 1_000, SnapshotBatches = 2, SnapshotJournalBytes = 1, RowBytes = 4_096, PublishOutputs = random?.Next(1, 9) ?? 1_000,
    };

    /// <summary>With a chance the lane dies a few times at any instant, and each life goes on from what survived.</summary>
    private void Run(MemoryWorld world, LaneOptions options, RuleIndex index, LaneRules laneRules)
    {
        for (int life = random?.Next(6) ?? 0; life > 0; life--)
            Life(world, options, index, laneRules).Run(random!.Next(400));
        InMemoryLane last = Life(world, options, index, laneRules);
        last.Run();
        Assert.True(last.Last is LaneCommand.Complete, $"{last.Last}");
    }

    private InMemoryLane Life(MemoryWorld world, LaneOptions options, RuleIndex index, LaneRules laneRules)
    {
        var kernel = new KernelOptions(PeopleClock.Event) { CityIndex = options.IsCity ? null : _cityIndex };
        var decoder = new RecordDecoder(
            new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions()), new CommandDecoder(rules.City, world.Descriptions), new DeadLetterWriter(world.Descriptions, rules));
        return new InMemoryLane(world, options, laneRules, random, decoder, district => new DistrictKernel(district, rules, index, kernel));
    }

    private List<(int Lane, Output Output)> Interleaved()
    {
        Queue<(int Lane, Output Output)>[] senders =
            [.. Enumerable.Range(0, lanes).Select(lane => new Queue<(int Lane, Output Output)>(Said.Where(said => said.Lane == lane && said.Output.Kind == OutputKind.City)))];
        List<(int Lane, Output Output)> all = [];
        while (senders.Where(sender => sender.Count > 0).ToArray() is { Length: > 0 } left)
            all.Add(left[random?.Next(left.Length) ?? 0].Dequeue());
        return all;
    }
}
