using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>Warnings about expressions that work, but probably not as they were meant.</summary>
public sealed class LintTests
{
    [Theory]
    [InlineData("event.quality == 'good'", "0+13 AE1100 'event.quality' may be missing; write has(event.quality) && …")]
    [InlineData("event.level_m > 31.0", "16+4 AE1101 31.0 is outside the range of 'event.level_m', [-5, 30]")]
    [InlineData("event.level_m == event.level_m", "0+30 AE1102 '==' on doubles is rarely true; compare with a range: math.abs(a - b) < 0.001")]
    [InlineData("event.time.getHours() < 7", "0+21 AE1103 getHours() without a zone is UTC; write getHours(ctx.tz)")]
    [InlineData("event.level_m > event.rain_mm", "0+29 AE1104 'event.level_m' is in m, 'event.rain_mm' in mm")]
    public void A_doubtful_expression_is_warned_about(string source, string expected) => Assert.Equal([expected], CelSample.Warnings(source));

    [Theory]
    [InlineData("has(event.quality) && event.quality == 'good'")]
    [InlineData("event.quality == 'good' && has(event.quality)")]
    [InlineData("!has(event.quality) || event.quality == 'good'")]
    [InlineData("has(event.quality) ? event.quality == 'good' : false")]
    [InlineData("event.?quality.orValue('') == 'good'")]
    [InlineData("event.time.getHours('Asia/Shanghai') < 7")]
    [InlineData("event.level_m > 29.5")]
    [InlineData("event.count == 3")]
    public void A_guarded_expression_is_not(string source) => Assert.Empty(CelSample.Warnings(source));
}
