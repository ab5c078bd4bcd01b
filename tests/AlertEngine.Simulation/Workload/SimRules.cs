using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Simulation.Workload;

/// <summary>
/// The rules of the simulated city, from a rule file like any other: several detectors in three lateness classes, with durations short enough
/// that everything they can do happens within a minute. Shared by all simulations; immutable.
/// </summary>
internal static class SimRules
{
    private const string File = """
        alertengine: rules/v1
        pack: simulation
        events:
          fire.alarm: { level: { type: double } }
          water.level: { level_m: { type: double, unit: m } }
          crowd.count: { people: { type: int } }
        rules:
          - id: fire
            name: { zh: 火警, en: Fire }
            owner: fire
            stage: live
            source: { type: fire.alarm }
            key: event.device
            detect: { each: { when: event.level > 5.0, quiet: 4s } }
            severity: { base: red }
            dedup: { key: [rule.id, event.device], reopen: 3s }
            title: { zh: 火警, en: Fire }
            routes: [ { to: [fire, district] } ]
            escalate: [ { after: 3s, until: acknowledged, to: district }, { after: 7s, until: resolved, to: city } ]
          - id: fire-once
            name: { zh: 大火, en: Great fire }
            owner: fire
            stage: live
            source: { type: fire.alarm }
            key: event.device
            detect: { each: { when: event.level > 9.0, once: true } }
            severity: { base: red }
            title: { zh: 大火, en: Great fire }
            routes: [ { to: fire } ]
          - id: water-hold
            name: { zh: 水位, en: Water }
            owner: water
            stage: live
            source: { type: water.level }
            key: event.device
            lateness: 2s
            detect: { hold: { when: event.level_m > 3.0, for: 3s, gap: 6s } }
            severity: { base: yellow }
            title: { zh: 水位, en: Water }
            routes: [ { to: water } ]
            escalate: [ { after: 4s, until: acknowledged, to: city } ]
          - id: water-silent
            name: { zh: 失联, en: Silent }
            owner: water
            stage: live
            source: { type: water.level }
            key: event.device
            lateness: 5s
            detect: { absence: { for: 8s, population: { seen: 1h } } }
            severity: { base: blue }
            title: { zh: 失联, en: Silent }
            routes: [ { to: water } ]
          - id: crowd
            name: { zh: 人群, en: Crowd }
            owner: police
            stage: live
            source: { type: crowd.count }
            key: event.device
            lateness: 5s
            detect: { count: { when: event.people > 50, at_least: 3, window: 6s } }
            severity: { base: orange }
            title: { zh: 人群, en: Crowd }
            routes: [ { to: police } ]
          - id: fires-everywhere
            name: { zh: 多区火警, en: Fires in districts }
            owner: centre
            stage: live
            scope: city
            source: { alert: [fire, fire-once, water-hold] }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 2, window: 10s } }
            severity: { base: red }
            title: { zh: 多区火警, en: "{distinct.count} districts" }
            routes: [ { to: centre } ]
            escalate: [ { after: 4s, until: acknowledged, to: city } ]
          - id: crowds
            name: { zh: 跨区人群, en: Crowds across a border }
            owner: centre
            stage: live
            scope: city
            source: { type: crowd.count }
            key: event.type
            lateness: 5s
            detect: { count: { when: event.people > 50, at_least: 4, window: 6s } }
            severity: { base: orange }
            title: { zh: 跨区人群, en: Crowds }
            routes: [ { to: centre } ]
          - id: border
            name: { zh: 边界火情, en: Fire in a crowd across a border }
            owner: centre
            stage: live
            scope: city
            key: "'city'"
            lateness: 5s
            detect:
              correlate:
                any_of:
                  fire: { source: { type: fire.alarm }, when: event.level > 5.0 }
                  crowd: { source: { type: crowd.count }, when: event.people > 50 }
                at_least: 2
                within: 4s
                radius: 100m
                near: event.geo
                quiet: 4s
            severity: { base: red }
            level: district
            title: { zh: 边界火情, en: "{correlate.members} members" }
            routes: [ { to: centre } ]
        """;

    private static readonly RuleSet Rules = Load();
    private static readonly RuleIndex Index = new(Rules.Rules);
    private static readonly DistrictResolver Resolver = new(Rules, null);
    private static readonly RuleIndex CityIndex = CityCentre.IndexOf(Rules);
    private static readonly KernelOptions Kernels = new(PeopleClock.Wall);

    /// <summary>A decoder is not thread-safe, and costs more than the event it reads.</summary>
    [ThreadStatic]
    private static EventDecoder? Reader;

    /// <summary>What a lane knows of them.</summary>
    public static LaneRules Lane { get; } = LaneRules.Of(Rules, Index, CityIndex);

    /// <summary>What the city lane knows of them.</summary>
    public static LaneRules City { get; } = LaneRules.Of(Rules, CityIndex);

    /// <summary>The one district of the city lane.</summary>
    public static string CityCode => Rules.City.Code;

    public static IRecordDecoder NewDecoder(ImmutableArray<InputDescription> inputs) =>
        new RecordDecoder(
            new EventDecoder(Rules, Resolver, new IngestOptions { InternedTexts = 64 }), new CommandDecoder(Rules.City, inputs), new DeadLetterWriter(inputs, Rules));

    public static IDistrictKernel NewKernel(string district) => district == CityCode
        ? new DistrictKernel(district, Rules, CityIndex, Kernels)
        : new DistrictKernel(district, Rules, Index, Kernels with { CityIndex = CityIndex });

    /// <summary>The classes in which an event waits for its rules; 0 where it passes no rule's first comparison and is never made into a record.</summary>
    public static uint ClassesOf(ReadOnlySpan<byte> value)
    {
        EventDecoder decoder = Reader ??= new(Rules, Resolver, new IngestOptions { InternedTexts = 16 });
        if (decoder.Decode(value, TimeBounds.None) is not null)
            return 0;
        IDecodedEvent decoded = decoder.Event;
        RuleBucket bucket = Index.Find(decoded.Type, decoded.District);
        return decoded.Concerns(bucket) ? bucket.Classes : 0;
    }

    private static RuleSet Load()
    {
        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = [new SourceFile("simulation.rules.yaml", File)] }, new LoadOptions { DefaultLateness = Duration.FromSeconds(2) });
        return loaded.Rules ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
    }
}
