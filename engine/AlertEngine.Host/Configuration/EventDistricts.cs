using AlertEngine.Engine.Ingest;

namespace AlertEngine.Host.Configuration;

/// <summary>The districts that the city gives to events before they are sent: found as the engine itself finds them when it reads them. Not thread-safe.</summary>
internal sealed class EventDistricts(RuleSetup rules)
{
    private readonly EventDecoder _decoder = new(rules.Rules, rules.Resolver, new IngestOptions());

    /// <summary>The district's code; null where the event is broken or its district cannot be told.</summary>
    public string? Of(ReadOnlyMemory<byte> value) => _decoder.Decode(value.Span, TimeBounds.None) is null ? _decoder.Event.District : null;
}
