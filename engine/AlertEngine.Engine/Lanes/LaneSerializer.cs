using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace AlertEngine.Engine.Lanes;

/// <summary>Journal rows and snapshots for the framework's journal: explicit names, our own bytes (<see cref="LaneRowCodec"/>), never a CLR type name.</summary>
public sealed class LaneSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>What the journal and snapshot store need to know: one setting a line.</summary>
    public static Config Configuration { get; } = ConfigurationFactory.ParseString("""
        akka.actor.serializers.alertengine-lane = "AlertEngine.Engine.Lanes.LaneSerializer, AlertEngine.Engine"
        akka.actor.serialization-bindings."AlertEngine.Engine.Lanes.LaneRow, AlertEngine.Engine" = alertengine-lane
        akka.actor.serialization-bindings."AlertEngine.Engine.Lanes.LaneSnapshot, AlertEngine.Engine" = alertengine-lane
        akka.actor.serialization-identifiers."AlertEngine.Engine.Lanes.LaneSerializer, AlertEngine.Engine" = 4711
        """);

    /// <summary>Stored with every row: never to be changed.</summary>
    public override int Identifier => 4711;

    /// <inheritdoc />
    public override string Manifest(object o) => LaneRowCodec.ManifestOf(o);

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => LaneRowCodec.Encode(obj);

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, string manifest) => LaneRowCodec.Decode(manifest, bytes);
}
