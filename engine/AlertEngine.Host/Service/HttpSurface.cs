using OpenTelemetry.Metrics;

namespace AlertEngine.Host.Service;

/// <summary>Health and metrics over HTTP.</summary>
internal static class HttpSurface
{
    /// <summary>Starts to serve; null where no address is configured.</summary>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<WebApplication?> StartAsync(string urls, LaneBoard board, MeterProvider metrics)
    {
        if (urls.Length == 0)
            return null;
        // Empty: the other builders read files of the working folder and watch all that is below it, which a journal there makes dear.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var application = builder.Build();
        application.MapGet("/health/live", () => Results.Text("live\n"));
        application.MapGet("/health/ready", () => board.Unready() is { IsEmpty: false } reasons
            ? Results.Text(string.Join('\n', reasons) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n"));
        application.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        await application.StartAsync().ConfigureAwait(false);
        return application;
    }
}
