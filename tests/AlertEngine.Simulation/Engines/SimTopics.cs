using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Engines;

/// <summary>The topics of a simulated city: inputs with one partition a lane, positions likewise, outputs with fewer.</summary>
internal sealed class SimTopics
{
    public const string Sensor = "city.events.sensor.v1";
    public const string Video = "city.events.video.v1";
    public const string Rekeyed = "alertengine.rekeyed.v1";
    public const string City = LaneTopics.City;
    public const string Commands = "city.commands.v1";
    public const string Feedback = "city.workorders.feedback.v1";
    public const string Positions = "alertengine.positions.v1";

    private static readonly ImmutableArray<(string Topic, InputKind Kind)> Inputs =
    [
        (Sensor, InputKind.Events), (Video, InputKind.Events), (Rekeyed, InputKind.Lanes), (Commands, InputKind.Commands), (Feedback, InputKind.Feedback),
    ];

    private readonly SimKafka _kafka;
    private readonly int _lanes;

    public SimTopics(SimKafka kafka, int lanes)
    {
        (_kafka, _lanes) = (kafka, lanes);
        foreach ((string topic, _) in Inputs)
            kafka.Create(topic, lanes);
        kafka.Create(City, 1);
        kafka.Create(Positions, lanes + 1);
    }

    /// <summary>What a lane reads, as the process that starts it sees the topics; the city lane reads what the others send it.</summary>
    public ImmutableArray<InputDescription> InputsOf(int lane) => lane == _lanes ? [new InputDescription(City, _kafka.IdOf(City), 0, InputKind.Lanes)] :
        [.. Inputs.Select(input => new InputDescription(input.Topic, _kafka.IdOf(input.Topic), lane, input.Kind))];

    /// <summary>Partitions that lanes write to and none reads.</summary>
    public IEnumerable<SimPartition> PureOutputs() => Outputs().Where(partition => partition.Topic != City && !Inputs.Any(input => input.Topic == partition.Topic));

    /// <summary>Every partition that outputs go to: those of other lanes' inputs that lanes write to are among them.</summary>
    public IEnumerable<SimPartition> Outputs() => _kafka.Outputs(topic => topic is not (Positions or Sensor or Video));
}
