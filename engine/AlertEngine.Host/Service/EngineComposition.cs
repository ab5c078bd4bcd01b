using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.CloudEvents;
using AlertEngine.Connectors.Kafka.Inputs;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Rekey;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Connectors.Redis;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Logging;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Host.Service;

/// <summary>Puts the lanes of the service together: Kafka in, Kafka out, Redis beside, the lane and the kernel between. Wiring and nothing else.</summary>
internal sealed class EngineComposition(
    EngineSettings settings, RuleSetup rules, KafkaClients clients, ImmutableArray<TopicState> topics, RedisConnection? redis, ILoggerFactory logs)
{
    private readonly ILogger _log = logs.CreateLogger<EngineComposition>();
    private readonly RuleIndex _cityIndex = CityCentre.IndexOf(rules.Rules);
    private readonly ImmutableArray<string> _outputTopics = TopicPlans.WrittenByLanes(rules.OrderTopics);
    private readonly OutputLimits _outputLimits = LimitsOf(topics);
    private readonly ConcurrentDictionary<int, KafkaInputPort> _inputPorts = new();

    /// <summary>The ports that lanes have let go of.</summary>
    public PortClosings Closings { get; } = new();

    /// <summary>How many lanes of districts the city has; the city's own lane comes behind them.</summary>
    public int LaneCount { get; } = TopicLayout.LanesOf(topics)!.Value;

    /// <summary>The inputs of a lane: its partition of each topic; the city lane's is what the others send it.</summary>
    public ImmutableArray<InputDescription> InputsOf(int lane) => lane == LaneCount ? [Input(TopicNames.City, 0, InputKind.Lanes)] :
    [
        .. settings.Kafka.Inputs.Select(name => Input(name, lane, InputKind.Events)),
        Input(TopicNames.Rekeyed, lane, InputKind.Lanes),
        Input(TopicNames.Commands, lane, InputKind.Commands),
        Input(TopicNames.Feedback, lane, InputKind.Feedback),
    ];

    /// <summary>A lane of this process.</summary>
    public LaneSetup SetupOf(int lane, LaneConsent? consent)
    {
        var inputs = InputsOf(lane);
        bool isCity = lane == LaneCount;
        var index = isCity ? _cityIndex : rules.Index;
        return new()
        {
            Options = OptionsOf(lane, consent),
            Rules = LaneRules.Of(rules.Rules, index, isCity ? null : _cityIndex),
            OpenInputs = () => _inputPorts[lane] = new KafkaInputPort(clients, lane, inputs),
            OpenOutputs = () => new KafkaOutputPort(clients, lane, _outputTopics),
            OpenDedup = redis is null || isCity ? null : () => new RedisDedupStore(redis, inputs, message => _log.Tell(LogLevel.Warning, lane, StageNames.Deduplicate, message)),
            MakeDecoder = () => DecoderOf(inputs),
            MakeWindow = () => new EventWindow(new WindowOptions()),
            MakeKernel = district => new DistrictKernel(district, rules.Rules, index, new KernelOptions(PeopleClock.Wall) { CityIndex = isCity ? null : _cityIndex, Broadcasts = isCity }),
            Clock = SystemClock.Instance,
            Closings = Closings,
        };
    }

    private LaneOptions OptionsOf(int lane, LaneConsent? consent) => new()
    {
        Lane = lane,
        App = settings.Kafka.TransactionalIdPrefix,
        Consent = consent,
        Idle = settings.Idle,
        MaxSkew = settings.MaxSkew,
        LaneOf = lane == LaneCount ? null : district => district == rules.Rules.City.Code ? LaneCount : Murmur2.PartitionOf(district, LaneCount),
        CityCode = rules.Rules.City.Code,
        CityBeat = CityCentre.BeatOf(rules.Rules),
        SendingLanes = lane == LaneCount ? LaneCount : 0,
        OutputLimits = _outputLimits,
        // What reaches the city lane was claimed by the lane that sent it: to ask again would find that lane's claim and drop it.
        AsksDedup = redis is not null && lane != LaneCount,
        PausesWithoutDedup = settings.Redis.Policy == RedisPolicy.Pause,
    };

    /// <summary>Starts to re-key the topics that are keyed by device; null where there are none.</summary>
    public Rekeyer? StartRekeyer()
    {
        if (settings.Kafka.DeviceKeyedInputs.IsEmpty)
            return null;
        var inputs = Rekeyer.InputsOf(settings.Kafka.DeviceKeyedInputs.Select(name => topics.First(topic => topic.Plan.Name == name).Known!));
        return Rekeyer.Start(clients, inputs, () => DecoderOf(inputs), SystemClock.Instance, settings.MaxSkew, message => _log.LogWarning("{Sentence}", message));
    }

    /// <summary>Shows how far a lane has come to lag tools, and asks where its inputs end; empty while it is between two lives.</summary>
    public async Task<ImmutableArray<long>> ShowProgressAsync(int lane, ImmutableArray<long> offsets)
    {
        try
        {
            return _inputPorts.TryGetValue(lane, out var port) ? await port.ShowProgressAsync(offsets, CancellationToken.None).ConfigureAwait(false) : [];
        }
        catch (Exception failure) when (failure is InvalidOperationException or Confluent.Kafka.KafkaException)
        {
            // The port is being closed, or not yet placed; the next beat asks the next one.
            return [];
        }
    }

    private RecordModes DecoderOf(ImmutableArray<InputDescription> inputs) =>
        new(new RecordDecoder(
            new EventDecoder(rules.Rules, rules.Resolver, new IngestOptions()), new CommandDecoder(rules.Rules.City, inputs), new DeadLetterWriter(inputs, rules.Rules)));

    /// <summary>Below what the topics take; a topic that takes more than the client sends is no reason to send more.</summary>
    private static OutputLimits LimitsOf(ImmutableArray<TopicState> topics) => OutputLimits.Default with
    {
        BytesByTopic = topics.ToFrozenDictionary(
            topic => topic.Plan.Name, topic => Math.Min(OutputLimits.Default.DefaultBytes, Math.Max(1, topic.Settings.MaxMessageBytes - OutputLimits.OverheadBytes)), StringComparer.Ordinal),
    };

    private InputDescription Input(string name, int lane, InputKind kind)
    {
        var known = topics.First(topic => topic.Plan.Name == name).Known!;
        return new InputDescription(name, known.Id, lane, kind) { Partitions = known.Partitions };
    }
}
