using System.Collections.Immutable;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>
/// The 24 solar terms: the days on which the sun's apparent longitude is a multiple of 15°. Reckoned by the low-precision formula of the
/// Astronomical Almanac (0.01°, about a quarter of an hour); a term within that of midnight may fall on the other day, which happens
/// about once in a hundred years for a given term.
/// </summary>
public static class SolarTerms
{
    private static readonly ImmutableArray<string> FromVernalEquinox =
    [
        "chunfen", "qingming", "guyu", "lixia", "xiaoman", "mangzhong", "xiazhi", "xiaoshu", "dashu", "liqiu", "chushu", "bailu",
        "qiufen", "hanlu", "shuangjiang", "lidong", "xiaoxue", "daxue", "dongzhi", "xiaohan", "dahan", "lichun", "yushui", "jingzhe",
    ];

    private const double JulianDayOfUnixEpoch = 2_440_587.5;
    private const double JulianDayOf2000 = 2_451_545.0;

    /// <summary>The terms in pinyin, without tones.</summary>
    public static ImmutableArray<string> All => FromVernalEquinox;

    /// <summary>The local day of a term in a year, or null where there is no such term.</summary>
    /// <param name="term">In pinyin, without tones: <c>qingming</c>.</param>
    /// <param name="year">1900 to 2100; beyond, the formula loses its precision.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    public static LocalDate? Find(string term, int year, DateTimeZone zone)
    {
        int index = FromVernalEquinox.IndexOf(term);
        if (index < 0 || year is < 1900 or > 2100)
            return null;
        double target = index * 15.0;
        // The sun is at 280° on the first of January and moves about a degree a day.
        double day = new LocalDate(year, 1, 1).AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds() / 86_400.0;
        double guess = day + ((target - 280 + 360) % 360 / 360 * 365.2422);
        for (int i = 0; i < 8; i++)
            guess += Wrapped(target - LongitudeDegrees(guess)) / 360 * 365.2422;
        return Instant.FromUnixTimeMilliseconds((long)(guess * 86_400_000)).InZone(zone).Date;
    }

    private static double LongitudeDegrees(double unixDay)
    {
        double days = unixDay + JulianDayOfUnixEpoch - JulianDayOf2000;
        double anomaly = (357.529 + (0.98560028 * days)) * Math.PI / 180;
        return 280.459 + (0.98564736 * days) + (1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly)) - 0.0057;
    }

    private static double Wrapped(double degrees)
    {
        double rest = degrees % 360;
        return rest > 180 ? rest - 360 : rest < -180 ? rest + 360 : rest;
    }
}
