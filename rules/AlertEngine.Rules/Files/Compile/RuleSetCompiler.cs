using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Functions;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Compiles all rules of all files against one city. Used once; not thread-safe.</summary>
internal sealed class RuleSetCompiler
{
    // The mask of classes that a bucket keeps has 32 bits.
    private const int LatenessClasses = 32;

    private readonly ImmutableArray<RuleFile> _files;
    private readonly CityModel _city;
    private readonly DeviceRegistry _registry;
    private readonly LoadOptions _options;
    private readonly DiagnosticBag _diagnostics;
    private readonly PackTable _packs;
    private readonly CelRecordType _deviceRecord;
    private readonly CelEnvironment _functions;
    private readonly Dictionary<Pack, PackEnvironment> _environments = [];

    // Labels of inhibitions are read of whatever alert opens.
    private readonly SortedSet<int> _inhibitionReads = [];

    public RuleSetCompiler(ImmutableArray<RuleFile> files, CityModel city, DeviceRegistry registry, LoadOptions options, DiagnosticBag diagnostics)
    {
        _files = files;
        _city = city;
        _registry = registry.With(options.Devices);
        _options = options;
        _diagnostics = diagnostics;
        _packs = PackTable.Of(files, diagnostics);
        _deviceRecord = _registry.RecordWith(registry.IsGiven ? [] : MentionedColumns.Of(files));
        _functions = LocalFunctions.Declare(GeoFunctions.Declare(CelEnvironment.Standard, Places()), city);
    }

    /// <summary>The rule set; where an error was reported it is not to be used.</summary>
    public RuleSet Compile(string hash)
    {
        List<RuleBlock> blocks = ReadBlocks();
        LayoutTable layouts = new([.. _packs.EventTypes.Values.Select(definition => EventType.Read(definition, _diagnostics)), .. AlertTypes(blocks)], blocks.Select(block => block.Types));
        foreach (Pack pack in _packs.Packs)
            EnvironmentOf(pack).CheckMacros(pack, layouts, _diagnostics);
        ILookup<string, OverrideBlock> overrides = ReadOverrides(blocks);
        List<CompiledRule> rules = [];
        foreach (RuleBlock block in blocks)
        {
            if (RuleCompiler.Compile(ContextOf(block, layouts), [.. overrides[block.Id.Value]], DistrictOf) is { } rule)
                rules.Add(rule);
        }

        AlertGraph.Check(blocks, _diagnostics);
        CheckClasses(blocks, rules);
        ImmutableArray<InhibitPlan> inhibitions = ReadInhibitions(blocks, layouts);
        return new RuleSet
        {
            Hash = hash,
            Rules = [.. rules.Select(rule => rule with { EventReads = [.. rule.EventReads.Union(_inhibitionReads).Order()] }).OrderBy(rule => rule.Id, StringComparer.Ordinal)],
            Inhibitions = inhibitions,
            Layouts = layouts.ToLayouts(),
            DeviceRecord = _deviceRecord,
            ContextRecord = ContextRecord.Type,
            City = _city with { Places = Places() },
            Devices = _registry.SlotsOf(_deviceRecord),
        };
    }

    // Only where a rule takes alerts: elsewhere an event that calls itself one is of an unknown type.
    private IEnumerable<EventType> AlertTypes(List<RuleBlock> blocks) =>
        !_packs.EventTypes.ContainsKey(AlertEvent.Type) && blocks.Any(block => block.Types.Contains(AlertEvent.Type)) ? [EventType.Alert] : [];

    private List<RuleBlock> ReadBlocks()
    {
        SourceReader sources = new(_packs, _city, _diagnostics);
        Dictionary<string, RuleBlock> byId = new(StringComparer.Ordinal);
        foreach (RuleFile file in _files)
        {
            foreach (YamlMapping node in file.Root.Maps("rules"))
            {
                if (node.Scalar("id") is not { } id || _packs.PackOf(file) is not { } pack)
                    continue;
                if (byId.TryGetValue(id.Value, out RuleBlock? other))
                    _diagnostics.Report(FileCodes.Duplicate, file.Source, id.Span, $"the rule '{id.Value}' is in {other.File.Source.Name}:{other.File.Source.PositionOf(other.Id.Span.Start).Line} already");
                else
                    byId.Add(id.Value, sources.Read(file, pack, node, id));
            }
        }

        return [.. byId.Values];
    }

    private ILookup<string, OverrideBlock> ReadOverrides(List<RuleBlock> blocks)
    {
        HashSet<string> known = [.. blocks.Select(block => block.Id.Value)];
        List<(string Rule, OverrideBlock Block)> found = [];
        foreach (RuleFile file in _files)
        {
            foreach (YamlMapping node in file.Root.Maps("overrides"))
            {
                if (node.Scalar("rule") is not { } rule)
                    continue;
                if (CheckRule(file, rule, known))
                    found.Add((rule.Value, new OverrideBlock(file, node)));
            }
        }

        return found.ToLookup(pair => pair.Rule, pair => pair.Block, StringComparer.Ordinal);
    }

    private ImmutableArray<InhibitPlan> ReadInhibitions(List<RuleBlock> blocks, LayoutTable layouts)
    {
        HashSet<string> known = [.. blocks.Select(block => block.Id.Value)];
        ImmutableArray<InhibitPlan>.Builder plans = ImmutableArray.CreateBuilder<InhibitPlan>();
        foreach (RuleFile file in _files)
        {
            if (_packs.PackOf(file) is not { } pack)
                continue;
            Expressions names = new Expressions(EnvironmentOf(pack).Full, file.Source, _diagnostics, layouts, _inhibitionReads).WithEvent([]).With("alert", AlertRecord.Type);
            InhibitReader reader = new(names, file.Source, _diagnostics, rule => CheckRule(file, rule, known));
            plans.AddRange(file.Root.Maps("inhibit").Select(reader.Read).OfType<InhibitPlan>());
        }

        return plans.DrainToImmutable();
    }

    private bool CheckRule(RuleFile file, YamlScalar rule, HashSet<string> known)
    {
        bool isKnown = known.Contains(rule.Value);
        if (!isKnown)
            AlertGraph.ReportUnknownRule(file, rule, known, _diagnostics);
        return isKnown;
    }

    private RuleContext ContextOf(RuleBlock block, LayoutTable layouts)
    {
        PackEnvironment environment = EnvironmentOf(block.Pack);
        ParamTable parameters = ParamTable.Read(block.File, block.Node, _diagnostics);
        CelEnvironment bare = WithRule(environment.Bare, block).Declare("params", CelType.Of(parameters.Record));
        CelEnvironment full = WithRule(environment.Full, block).Declare("params", CelType.Of(parameters.Record));
        SortedSet<int> reads = [];
        Expressions gate = new(bare, block.File.Source, _diagnostics, layouts, reads);
        return new RuleContext
        {
            Block = block,
            City = _city,
            Options = _options,
            Diagnostics = _diagnostics,
            Layouts = layouts,
            Params = parameters,
            Operands = gate,
            Gate = gate,
            Names = new Expressions(full, block.File.Source, _diagnostics, layouts, reads),
            EventReads = reads,
        };
    }

    private static CelEnvironment WithRule(CelEnvironment environment, RuleBlock block) => environment
        .DeclareConstant("rule.id", CelType.String, CelValue.Of(block.Id.Value))
        .DeclareConstant("rule.pack", CelType.String, CelValue.Of(block.Pack.Name))
        .DeclareConstant("rule.owner", CelType.String, CelValue.Of(block.Node.Text("owner") ?? ""));

    private PackEnvironment EnvironmentOf(Pack pack)
    {
        if (!_environments.TryGetValue(pack, out PackEnvironment? environment))
            _environments.Add(pack, environment = PackEnvironment.Of(pack, _functions, _deviceRecord));
        return environment;
    }

    private FrozenDictionary<string, ImmutableArray<Place>> Places() =>
        _city.Places.Where(kind => !_options.Places.ContainsKey(kind.Key)).Concat(_options.Places).ToFrozenDictionary(StringComparer.Ordinal);

    private string? DistrictOf(string device) =>
        _registry.Rows.TryGetValue(device, out ImmutableDictionary<string, CelValue>? row) && row.TryGetValue("district", out CelValue district) ? district.AsString : null;

    private void CheckClasses(List<RuleBlock> blocks, List<CompiledRule> rules)
    {
        if (rules.Select(rule => rule.Lateness).Distinct().Count() is > LatenessClasses and var classes)
            _diagnostics.Report(FileCodes.TooManyClasses, blocks[0].File.Source, blocks[0].Id.Span, $"{classes} different values of lateness; at most {LatenessClasses} are allowed");
    }
}
