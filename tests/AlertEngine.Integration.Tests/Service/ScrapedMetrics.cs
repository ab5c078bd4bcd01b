using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>The metrics page of an engine, as a scraper reads it: each metric summed over its series.</summary>
internal sealed partial class ScrapedMetrics
{
    private readonly Dictionary<string, double> _sums;

    private ScrapedMetrics(Dictionary<string, double> sums) => _sums = sums;

    /// <summary>A metric's sum; 0 where nothing was measured yet.</summary>
    public int this[string name] => (int)_sums.GetValueOrDefault($"alertengine_{name}");

    /// <summary>Scrapes until the page says what is waited for.</summary>
    public static async Task<ScrapedMetrics> UntilAsync(string urls, Func<ScrapedMetrics, bool> isThere, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        // The engine needs the processor more than we do.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            var page = new ScrapedMetrics(Sums(await client.GetStringAsync(new Uri($"{urls}/metrics"), cancellation)));
            if (isThere(page))
                return page;
            await pace.WaitForNextTickAsync(cancellation);
        }
    }

    private static Dictionary<string, double> Sums(string page) => Sample().Matches(page)
        .GroupBy(sample => sample.Groups[1].Value, sample => double.Parse(sample.Groups[2].Value, CultureInfo.InvariantCulture))
        .ToDictionary(metric => metric.Key, metric => metric.Sum(), StringComparer.Ordinal);

    [GeneratedRegex("(?m)^(alertengine_[a-z_]+)(?:\\{[^}]*\\})? ([0-9.e+-]+)")]
    private static partial Regex Sample();
}
