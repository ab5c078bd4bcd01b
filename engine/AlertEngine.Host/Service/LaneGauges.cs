using System.Diagnostics.Metrics;
using NodaTime;

namespace AlertEngine.Host.Service;

/// <summary>Where the lanes of this process stand, as gauges over the board: they are read when somebody asks, and a lane that is given back is gone from them.</summary>
internal sealed class LaneGauges : IDisposable
{
    private readonly Meter _meter = new("AlertEngine.Service");
    private readonly LaneBoard _board;

    public LaneGauges(LaneBoard board, IClock clock)
    {
        _board = board;
        Gauge("alertengine.lane.running", null, "1 where the lane takes records.", lane => lane.State == LaneState.Running ? 1 : 0);
        _meter.CreateObservableCounter("alertengine.lane.restarts", () => Measure(lane => lane.Restarts), null, "Lives of the lane that ended by a fault.");
        Gauge("alertengine.lane.lag_records", null, "Records there and not yet read.", lane => lane.Lag);
        Gauge("alertengine.lane.watermark_delay", "s", "Clock minus the event time that all inputs have reached.", lane => DelayOf(lane, clock));
        Gauge("alertengine.publish.backlog", null, "Outputs persisted and not yet published.", lane => lane.Backlog);
    }

    public void Dispose() => _meter.Dispose();

    private static double? DelayOf(LaneStatus lane, IClock clock) =>
        lane.Progress is { FrontTicks: > long.MinValue } progress ? (clock.GetCurrentInstant() - Instant.FromUnixTimeTicks(progress.FrontTicks)).TotalSeconds : null;

    private void Gauge(string name, string? unit, string description, Func<LaneStatus, double?> valueOf) =>
        _meter.CreateObservableGauge(name, () => Measure(valueOf), unit, description);

    private IEnumerable<Measurement<double>> Measure(Func<LaneStatus, double?> valueOf)
    {
        foreach (var lane in _board.Lanes)
            if (valueOf(lane) is { } value)
                yield return new(value, new KeyValuePair<string, object?>("lane", lane.Lane));
    }
}
