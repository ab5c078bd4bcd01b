using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: the examples that the language was written with load, with their city and without.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void All_examples_load_with_their_city()
    {
        string folder = Shared.Folder("rules-examples");

        LoadResult result = RuleLoader.Load(new RuleSources
        {
            Rules = [.. Directory.GetFiles(folder, "*.rules.yaml").Order(StringComparer.Ordinal).Select(Shared.File)],
            Tests = [.. Directory.GetFiles(folder, "*.test.yaml").Order(StringComparer.Ordinal).Select(Shared.File)],
            City = Shared.City(Path.Combine(folder, "city.yaml")),
        });

        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.IsError);
        Assert.Equal(
            ["cemetery-crowd-qingming", "device-silent", "fire-corroborated", "illegal-parking-cluster", "manhole-tilt-then-water", "water-level-high"],
            result.Rules!.Rules.Select(rule => rule.Id));
    }

    [Theory]
    [InlineData("01-water-level")]
    [InlineData("02-qingming-crowd")]
    [InlineData("03-fire-corroborated")]
    [InlineData("04-device-silent")]
    [InlineData("05-illegal-parking")]
    [InlineData("06-manhole-then-water")]
    public void Each_example_loads_without_a_city(string name)
    {
        string folder = Shared.Folder("rules-examples");

        LoadResult result = RuleLoader.Load(new RuleSources
        {
            Rules = [Shared.File(Path.Combine(folder, "00-shared.rules.yaml")), Shared.File(Path.Combine(folder, name + ".rules.yaml"))],
        });

        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.IsError);
        Assert.Single(result.Rules!.Rules);
    }

    [Fact]
    public void The_water_rule_is_what_its_file_says()
    {
        string folder = Shared.Folder("rules-examples");
        RuleSet rules = RuleLoader.Load(new RuleSources
        {
            Rules = [Shared.File(Path.Combine(folder, "00-shared.rules.yaml")), Shared.File(Path.Combine(folder, "01-water-level.rules.yaml"))],
            City = Shared.City(Path.Combine(folder, "city.yaml")),
        }).Rules!;

        CompiledRule rule = Assert.Single(rules.Rules);
        Assert.Equal("hold", rule.Detector.Kind);
        Assert.Equal(Duration.FromSeconds(5), rule.Lateness);
        Assert.Equal(LatePolicy.Drop, rule.Late);
        Assert.Equal(["water.level"], Assert.Single(rule.Sources).Types);
        Assert.True(Assert.Single(rule.KeyIsDevice));
        Assert.Equal(Severity.Yellow, rule.Base.Severity.Base);
        Assert.Equal(Duration.FromMinutes(15), rule.Reopen);
        Assert.Equal(["gulou-drainage", "city-drainage"], rule.Base.Routes.Select(route => route.To.Single()));
        Assert.Equal("orange-2h", rule.Base.Sla!.Name);
        Assert.Equal(["district", "city"], rule.Escalations.Select(step => step.To));
        Assert.Equal(3.20, rule.VariantFor("320105", "WL-017", 0).Params[0].AsDouble);
        long before = Instant.FromUtc(2026, 10, 1, 15, 59, 59).ToUnixTimeTicks();
        Assert.Equal(2.80, rule.VariantFor("320102", "WL-003", before).Params[0].AsDouble);
        Assert.Equal(3.20, rule.VariantFor("320102", "WL-003", before + NodaConstants.TicksPerSecond).Params[0].AsDouble);
        Assert.Same(rule.VariantFor("320102", "WL-003", before), rule.VariantFor("320106", "X", before));
    }

    [Fact]
    public void A_field_is_marked_read_where_some_expression_reads_it()
    {
        string folder = Shared.Folder("rules-examples");
        RuleSet rules = RuleLoader.Load(new RuleSources
        {
            Rules = [Shared.File(Path.Combine(folder, "00-shared.rules.yaml")), Shared.File(Path.Combine(folder, "01-water-level.rules.yaml"))],
        }).Rules!;

        Assert.Equal([("level_m", true), ("quality", false)], rules.Layouts["water.level"].Fields.Select(field => (field.Field.Name, field.IsRead)));
        Assert.DoesNotContain(rules.Layouts["camera.crowd"].Fields, field => field.IsRead);
    }

    [Fact]
    public void The_city_of_the_examples_is_what_its_file_says()
    {
        string folder = Shared.Folder("rules-examples");
        CitySources sources = Shared.City(Path.Combine(folder, "city.yaml"));

        Assert.Empty(CityLoader.Check(sources));

        CityModel city = RuleLoader.Load(new RuleSources { Rules = [], City = sources }).Rules!.City;
        Assert.Equal(12, city.Districts.Count);
        Assert.Equal("320100-JBXQ", city.DistrictByStreet["320116004"]);
        Assert.Equal("city.workorders.drainage.v1", city.Units["city-drainage"].Topic);
        Assert.Equal("city.workorders.fire-119.v1", city.Units["fire-119"].Topic);
        Assert.Equal(new SlaLimit(Duration.FromHours(1), SlaUnit.WorkHours), city.Slas["yellow-1d"].Acknowledge);
        Assert.Equal(new SlaLimit(Duration.FromDays(1), SlaUnit.Workdays), city.Slas["yellow-1d"].Resolve);
        Assert.Equal(1, city.Modes["emergency"].SeveritySteps);
        Assert.False(city.MainCalendar.IsWorkday(new LocalDate(2026, 10, 1)));
        Assert.Equal(new LocalTime(17, 30), city.Calendars["cn"].ClosesAt);
        Assert.Equal(new ScenePeriod(null, null, "qingming", -3, 3), city.Scenes["qingming"].Periods.Single());
        Assert.Equal("gulou-drainage", city.Duties.Single().Roster.Single().UnitId);
    }
}
