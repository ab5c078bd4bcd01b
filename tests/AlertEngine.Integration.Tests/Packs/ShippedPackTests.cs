using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Integration.Tests.Packs;

/// <summary>Goal: what ships is clean and complete. Method: every pack through the loader, alone and with Nanjing's city file.</summary>
public sealed class ShippedPackTests
{
    private static readonly string[] Detectors = ["absence", "aggregate", "baseline", "change", "correlate", "count", "distinct", "each", "hold", "sequence"];

    public static TheoryData<string> Packs { get; } =
        [.. new[] { "water", "crowd", "fire", "health", "parking", "manhole", "air", "traffic", "noise", "eldercare", "drone", "nanjing" }];

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_pack_loads_alone_without_a_finding(string pack) => RequireNoFinding(ShippedPacks.Load(pack, city: null));

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_unit_and_sla_of_a_pack_is_one_of_nanjings(string pack) => RequireNoFinding(ShippedPacks.Load(pack, ShippedPacks.City()));

    [Fact]
    public void All_packs_load_together_and_use_all_ten_detectors()
    {
        LoadResult all = RuleLoader.Load(new RuleSources { Rules = new RuleFileReader().ReadRules([Path.Combine(ShippedPacks.Rules, "packs")]), City = ShippedPacks.City() });
        RequireNoFinding(all);
        Assert.Equal(Detectors, all.Rules!.Rules.Select(rule => rule.Detector.Kind).Distinct().Order());
    }

    [Fact]
    public void The_sample_day_has_at_least_eight_rules_over_sensor_video_and_drone_events()
    {
        RuleSet rules = ShippedPacks.Load("nanjing", ShippedPacks.City()).Rules!;
        string[] types = [.. rules.Rules.SelectMany(rule => rule.Sources).SelectMany(source => source.Types)];
        Assert.True(rules.Rules.Length >= 8);
        Assert.Contains("water.level", types);
        Assert.Contains("video.fire", types);
        Assert.Contains("drone.hotspot", types);
    }

    [Fact]
    public void The_city_has_twelve_districts_fourteen_departments_and_its_registry()
    {
        RuleSet rules = ShippedPacks.Load("nanjing", ShippedPacks.City()).Rules!;
        Assert.Equal(12, rules.City.Districts.Count);
        Assert.Equal(14, rules.City.Units.Values.Count(unit => unit.Level == "city" && unit.Id != "centre-city"));
        Assert.Equal("320100-JBXQ", rules.City.DistrictByStreet["320116001"]);
        Assert.Equal(348, rules.Devices.Count);
    }

    [Fact]
    public void The_examples_on_the_page_about_rules_load()
    {
        var blocks = ShippedPacks.GuideBlocks("alertengine: rules/v1");
        LoadResult guide = RuleLoader.Load(new RuleSources { Rules = [.. blocks.Select((block, index) => new SourceFile($"guide-{index}.rules.yaml", block))] });
        RequireNoFinding(guide);
        Assert.Equal(Detectors, guide.Rules!.Rules.Select(rule => rule.Detector.Kind).Order());
    }

    private static void RequireNoFinding(LoadResult result)
    {
        Assert.Equal("", TextRenderer.Render(result.Diagnostics));
        Assert.NotNull(result.Rules);
    }
}
