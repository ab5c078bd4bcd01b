using System.Collections.Frozen;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Evaluate;

/// <summary>Goal: the context is a function of event time. Method: a city with one scene and one holiday, asked at instants around their edges.</summary>
public sealed class ContextTimelineTests
{
    private static readonly CityModel City = CityModel.Open with
    {
        Calendars = new Dictionary<string, BusinessCalendar>
        {
            ["cn"] = BusinessCalendar.Weekdays with { Id = "cn", Listed = new Dictionary<LocalDate, bool> { [new(2026, 10, 1)] = true, [new(2026, 10, 10)] = false }.ToFrozenDictionary() },
        }.ToFrozenDictionary(),
        Scenes = new Dictionary<string, Scene>
        {
            ["flood"] = new("flood", LocalText.Both("flood"), [new ScenePeriod(new AnnualDate(5, 1), new AnnualDate(10, 1), null, 0, 0)]),
            ["winter"] = new("winter", LocalText.Both("winter"), [new ScenePeriod(new AnnualDate(12, 1), new AnnualDate(3, 1), null, 0, 0)]),
            ["qingming"] = new("qingming", LocalText.Both("qingming"), [new ScenePeriod(null, null, "qingming", -1, 1)]),
        }.ToFrozenDictionary(),
    };

    private static long At(int month, int day, int hour = 12, int minute = 0) =>
        new LocalDateTime(2026, month, day, hour, minute).InZoneStrictly(City.Zone).ToInstant().ToUnixTimeTicks();

    private static string Scenes(ContextSpan span) => string.Join(' ', span.Slots[ContextRecord.Scenes].AsList!.Select(scene => scene.AsString));

    [Theory]
    [InlineData(4, 30, "")]
    [InlineData(5, 1, "flood")]
    [InlineData(9, 30, "flood")]
    [InlineData(10, 1, "")]
    [InlineData(12, 31, "winter")]
    [InlineData(2, 28, "winter")]
    [InlineData(3, 1, "")]
    [InlineData(4, 3, "")]
    [InlineData(4, 4, "qingming")]
    [InlineData(4, 6, "qingming")]
    [InlineData(4, 7, "")]
    public void Scenes_are_on_from_their_first_day_to_their_last(int month, int day, string scenes) =>
        Assert.Equal(scenes, Scenes(new ContextTimeline(City).At(At(month, day))));

    [Theory]
    [InlineData(10, 1, true, false)]
    [InlineData(10, 10, false, true)]
    [InlineData(10, 11, false, false)]
    [InlineData(10, 12, false, true)]
    public void A_listed_day_decides_else_the_day_of_the_week(int month, int day, bool isHoliday, bool isWorkday)
    {
        CelValue[] slots = new ContextTimeline(City).At(At(month, day)).Slots;

        Assert.Equal((isHoliday, isWorkday), (slots[ContextRecord.Holiday].AsBool, slots[ContextRecord.Workday].AsBool));
    }

    [Fact]
    public void A_change_holds_from_its_instant_on_and_leaves_what_it_does_not_name()
    {
        var timeline = new ContextTimeline(City);
        timeline.Add(new ContextChange(At(7, 1, 9), "emergency", null, null, null));
        timeline.Add(new ContextChange(At(7, 1, 8), null, ["drill"], true, null));

        Assert.Equal(("normal", "flood"), (Mode(timeline, At(7, 1, 8) - 1), Scenes(timeline.At(At(7, 1, 8) - 1))));
        Assert.Equal(("normal", "drill"), (Mode(timeline, At(7, 1, 8)), Scenes(timeline.At(At(7, 1, 8)))));
        Assert.Equal(("emergency", "drill"), (Mode(timeline, At(7, 1, 9)), Scenes(timeline.At(At(7, 1, 9)))));
        Assert.False(timeline.At(At(7, 1, 9)).Slots[ContextRecord.Workday].AsBool);
        Assert.Equal(At(7, 1, 9), timeline.NextChangeAfter(At(7, 1, 8)));
        Assert.Equal(At(7, 2, 0), timeline.NextChangeAfter(At(7, 1, 9)));
    }

    [Fact]
    public void Beyond_the_limit_the_oldest_changes_are_one()
    {
        var timeline = new ContextTimeline(City);
        timeline.Add(new ContextChange(At(7, 1, 0), "emergency", null, null, null));
        for (int i = 1; i <= 300; i++)
            timeline.Add(new ContextChange(At(7, 1, 0) + i, null, [$"s{i}"], null, null));

        Assert.Equal(256, timeline.Changes.Count);
        Assert.Equal(("emergency", "s300"), (Mode(timeline, At(7, 1, 1)), Scenes(timeline.At(At(7, 1, 1)))));
    }

    private static string? Mode(ContextTimeline timeline, long ticks) => timeline.At(ticks).Slots[ContextRecord.Mode].AsString;
}
