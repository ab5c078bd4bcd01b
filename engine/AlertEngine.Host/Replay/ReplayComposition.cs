using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Connectors.Files.Publishing;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Connectors.Sql;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Lanes.Replay;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Logging;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Host.Replay;

/// <summary>Puts a replay together: files in, files out, SQLite for the journal, the lane and the kernel between. Wiring and nothing else.</summary>
internal sealed class ReplayComposition
{
    private readonly ReplayRequest _request;
    private const int DistrictsLane = 0;
    private const int CityLane = 1;
    private readonly RuleIndex _index;
    private readonly RuleIndex? _cityIndex;
    private readonly DistrictResolver _resolver;
    private readonly ImmutableArray<FileSource> _sources;
    private readonly ImmutableArray<InputDescription> _inputs;

    private ReplayComposition(ReplayRequest request, RuleSet rules, ImmutableArray<FileSource> sources)
    {
        _request = request;
        Rules = rules;
        _index = new RuleIndex(rules.Rules);
        _cityIndex = CityCentre.Exists(rules) ? CityCentre.IndexOf(rules) : null;
        _resolver = new DistrictResolver(rules, OutlinesOf(rules));
        _sources = sources;
        _inputs = [.. sources.Select(source => source.Describe())];
    }

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>How many bytes there are to read.</summary>
    public long TotalBytes => _sources.Sum(source => new FileInfo(source.Path).Length);

    /// <summary>Where the work orders are written.</summary>
    public string OrdersPath => Path.Combine(_request.Out, FileOutputPort.FileNameOf(OutputKind.WorkOrder));

    /// <summary>Reads the rules, the city and the mapping.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="findings">Takes warnings and errors of the rules.</param>
    /// <exception cref="ReplayRefusedException">Something is missing or wrong.</exception>
    public static ReplayComposition Create(ReplayRequest request, TextWriter findings)
    {
        try
        {
            RuleSet rules = LoadRules(request, findings);
            return new ReplayComposition(request, rules, [.. request.Events.Select(path => SourceOf(request, path, findings)), .. request.Commands.Select(CommandsOf)]);
        }
        catch (IOException fault)
        {
            throw new ReplayRefusedException(fault.Message, ExitCodes.Usage);
        }
    }

    /// <summary>Runs to the end of the events, or goes on where an unfinished run was.</summary>
    public async Task<ReplaySummary> RunAsync(IProgress<LaneProgress> progress, TimeProvider time, CancellationToken cancellation)
    {
        LaneOptions options = Options(DistrictsLane);
        LaneRules rules = LaneRules.Of(Rules, _index, _cityIndex);
        Directory.CreateDirectory(_request.Out);
        long started = time.GetTimestamp();
        using ReplayJournal journal = ReplayJournal.Open(_request.Out, ReplayPlan.IdentityOf(_inputs, rules, options), () => FileOutputPort.Clear(_request.Out));
        using ILoggerFactory logs = EngineLogs.Open(_request.Log);
        ReplayPlan plan = new()
        {
            Setup = Setup(options, rules), City = CitySetup(), Storage = journal, Configuration = AkkaLogSetup.Configuration(_request.Log.Level), Setups = [new AkkaLogSetup(logs)],
        };
        LaneTally tally = await ReplayEngine.RunAsync(plan, progress, cancellation).ConfigureAwait(false);
        var summary = new ReplaySummary(tally, time.GetElapsedTime(started).TotalSeconds);
        WriteSummary(summary);
        DigestPage.Write(_request.Out, "zh");
        journal.Finish();
        return summary;
    }

    private static RuleSet LoadRules(ReplayRequest request, TextWriter findings)
    {
        RuleFileReader files = new();
        var sources = new RuleSources
        {
            Rules = files.ReadRules(request.Rules),
            City = request.City is { } city ? files.ReadCity(city) : null,
        };
        if (!files.Problems.IsEmpty)
            throw new ReplayRefusedException(string.Join(Environment.NewLine, files.Problems), ExitCodes.Usage);
        LoadResult loaded = RuleLoader.Load(sources, new LoadOptions { DefaultLateness = request.Lateness });
        foreach (RuleDiagnostic finding in loaded.Diagnostics)
            findings.WriteLine(TextRenderer.Render(finding));
        return loaded.Rules ?? throw new ReplayRefusedException("规则有错误，未回放 / the rules have errors; nothing was replayed", ExitCodes.Findings);
    }

    private static FileSource SourceOf(ReplayRequest request, string path, TextWriter findings)
    {
        if (request.Mapping is not { } mapping)
            return new FileSource(path, Path.GetFileName(path));
        MappingFileReading reading = MappingFile.Read(ReadyMappings.PathOf(mapping), Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        foreach (RuleDiagnostic finding in reading.Diagnostics)
            findings.WriteLine(TextRenderer.Render(finding));
        foreach (string fault in reading.Faults)
            findings.WriteLine(fault);
        return reading.Mapping is { } ready
            ? new FileSource(path, Path.GetFileName(path), ready.ForFile, reading.Hash)
            : throw new ReplayRefusedException("the mapping has errors; nothing was replayed", ExitCodes.Usage);
    }

    private static FileSource CommandsOf(string path) => new(path, Path.GetFileName(path), Kind: InputKind.Commands);

    private static DistrictOutlines? OutlinesOf(RuleSet rules)
    {
        if (rules.City.Polygons is not { } polygons)
            return null;
        OutlineReading reading = DistrictOutlineReader.Read(polygons);
        return reading.Fault is null ? reading.Outlines : throw new ReplayRefusedException(reading.Fault, ExitCodes.Usage);
    }

    private LaneOptions Options(int lane) => new()
    {
        Lane = lane,
        IsReplay = true,
        CityCode = _cityIndex is null ? "" : Rules.City.Code,
        CityBeat = CityCentre.BeatOf(Rules),
        CityDistricts = lane == DistrictsLane ? [.. Rules.City.Districts.Keys.Order(StringComparer.Ordinal)] : [],
        SendingLanes = lane == CityLane ? 1 : 0,
        LaneOf = _cityIndex is not null && lane == DistrictsLane ? district => district == Rules.City.Code ? CityLane : DistrictsLane : null,
    };

    /// <summary>Behind what it is given, the lane of districts reads what the city lane says to them; before that has run, nothing.</summary>
    private LaneSetup Setup(LaneOptions options, LaneRules rules)
    {
        if (_cityIndex is null)
            return Setup(options, rules, _index, _sources, _inputs);
        // First, so that it is known to be empty before an event comes: until all inputs have said something, a lane has no time.
        FileSource said = SaidByCity();
        return After(said.Path, Setup(options, rules, _index, [said, .. _sources], [said.Describe(), .. _inputs]));
    }

    private FileSource SaidByCity()
    {
        string path = Path.Combine(_request.Out, FileOutputPort.FileNameOf(OutputKind.Rekeyed));
        return new(path, Path.GetFileName(path), Kind: InputKind.Commands, Id: "2");
    }

    private LaneSetup? CitySetup()
    {
        if (_cityIndex is null)
            return null;
        string path = Path.Combine(_request.Out, FileOutputPort.FileNameOf(OutputKind.City));
        FileSource told = new(path, Path.GetFileName(path), Kind: InputKind.Lanes, Id: "1");
        return After(path, Setup(Options(CityLane), LaneRules.Of(Rules, _cityIndex), _cityIndex, [told], [told.Describe()]));
    }

    /// <summary>A lane that reads what another one writes: where that has said nothing, there is no file.</summary>
    private static LaneSetup After(string path, LaneSetup setup) => setup with
    {
        OpenInputs = () =>
        {
            File.Open(path, FileMode.OpenOrCreate).Dispose();
            return setup.OpenInputs();
        },
    };

    private LaneSetup Setup(LaneOptions options, LaneRules rules, RuleIndex index, ImmutableArray<FileSource> sources, ImmutableArray<InputDescription> inputs) => new()
    {
        Options = options,
        Rules = rules,
        OpenInputs = () => new FileInputPort(sources, new FileInputOptions()),
        OpenOutputs = () => new FileOutputPort(_request.Out, options.Lane),
        MakeDecoder = () => new RecordDecoder(
            new EventDecoder(Rules, _resolver, new IngestOptions()), new CommandDecoder(Rules.City, inputs), new DeadLetterWriter(inputs, Rules)),
        MakeWindow = () => new EventWindow(new WindowOptions()),
        MakeKernel = district => new DistrictKernel(district, Rules, index, new KernelOptions(PeopleClock.Event) { CityIndex = options.IsCity ? null : _cityIndex }),
        Clock = SystemClock.Instance,
    };

    private void WriteSummary(ReplaySummary summary)
    {
        using FileStream file = File.Create(Path.Combine(_request.Out, "summary.json"));
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        summary.Write(json);
    }
}
