using System.Text;
using AlertEngine.Engine.Ingest;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-07-01T08:00:00+08:00", "2026-07-01T00:00:00Z")]
    [InlineData("2026-07-01t00:00:00z", "2026-07-01T00:00:00Z")]
    [InlineData("2026-07-01T00:00:00.1234567Z", "2026-07-01T00:00:00.1234567Z")]
    [InlineData("2026-07-01T00:00:00.12345679999Z", "2026-07-01T00:00:00.1234567Z")]
    [InlineData("2026-07-01T00:00:00.5-00:30", "2026-07-01T00:30:00.5Z")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("1900-03-01T00:00:00Z", "1900-03-01T00:00:00Z")]
    public void An_instant_is_read_to_the_tick(string text, string expected)
    {
        Assert.Equal(Rfc3339Answer.Valid, Rfc3339.Read(Encoding.UTF8.GetBytes(text), out long ticks));
        Assert.Equal(InstantPattern.ExtendedIso.Parse(expected).Value.ToUnixTimeTicks(), ticks);
    }

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999999Z")]
    [InlineData("2017-01-01T07:59:60.25+08:00", "2016-12-31T23:59:59.9999999Z")]
    public void A_leap_second_is_held_at_the_end_of_its_day(string text, string expected)
    {
        Assert.Equal(Rfc3339Answer.Valid, Rfc3339.Read(Encoding.UTF8.GetBytes(text), out long ticks));
        Assert.Equal(InstantPattern.ExtendedIso.Parse(expected).Value.ToUnixTimeTicks(), ticks);
    }

    [Theory]
    [InlineData("2026-07-01T08:00:00")]
    [InlineData("2026-07-01T08:00:00.5")]
    public void Without_an_offset_it_is_said_so(string text) => Assert.Equal(Rfc3339Answer.NoOffset, Rfc3339.Read(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("2026-07-01")]
    [InlineData("2026-07-01 08:00:00Z")]
    [InlineData("2026-13-01T08:00:00Z")]
    [InlineData("2026-02-29T08:00:00Z")]
    [InlineData("2026-07-01T24:00:00Z")]
    [InlineData("2026-07-01T08:60:00Z")]
    [InlineData("2026-07-01T08:00:61Z")]
    [InlineData("2026-07-01T08:00:60Z")]
    [InlineData("2026-07-01T08:00:00.Z")]
    [InlineData("2026-07-01T08:00:00+0800")]
    [InlineData("2026-07-01T08:00:00+24:00")]
    [InlineData("2026-07-01T08:00:00+08:00 ")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("٢٠٢٦-07-01T08:00:00Z")]
    public void Anything_else_is_malformed(string text) => Assert.Equal(Rfc3339Answer.Malformed, Rfc3339.Read(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Every_day_of_four_centuries_is_counted_as_noda_time_counts_it()
    {
        for (var day = new NodaTime.LocalDate(1800, 1, 1); day.Year < 2200; day = day.PlusDays(1))
        {
            Assert.Equal(Rfc3339Answer.Valid, Rfc3339.Read(Encoding.ASCII.GetBytes($"{day:yyyy-MM-dd}T00:00:00Z"), out long ticks));
            Assert.Equal(day.AtStartOfDayInZone(NodaTime.DateTimeZone.Utc).ToInstant().ToUnixTimeTicks(), ticks);
        }
    }
}
