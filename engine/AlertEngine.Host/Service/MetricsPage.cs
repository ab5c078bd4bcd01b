using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using NodaTime;

namespace AlertEngine.Host.Service;

/// <summary>The metrics as Prometheus reads them (text format 0.0.4), by stage.</summary>
internal sealed class MetricsPage(LaneBoard board, MeterTotals meters, IClock clock)
{
    public string Write()
    {
        var text = new StringBuilder(8 * 1024);
        WriteCounts(text);
        WriteGauges(text);
        WriteMeters(text);
        return text.ToString();
    }

    private void WriteCounts(StringBuilder text)
    {
        Lanes(text, "ingest_events_total", "counter", "Records read.", lane => lane.Progress?.Tally.Events);
        Lanes(text, "ingest_accepted_total", "counter", "Events accepted.", lane => lane.Progress?.Tally.Accepted);
        Header(text, "ingest_dead_letters_total", "counter", "Dead letters by reason.");
        foreach (var lane in board.Lanes)
            foreach (var (reason, count) in lane.Progress?.Tally.DeadLetters ?? [])
                Sample(text, "ingest_dead_letters_total", $"lane=\"{lane.Lane}\",reason=\"{reason}\"", count);
        Lanes(text, "deduplicate_duplicates_total", "counter", "Duplicates dropped.", lane => lane.Progress?.Tally.Duplicates);
        Lanes(text, "evaluate_hits_total", "counter", "Conditions of rules that held.", lane => lane.Progress?.Tally.Evaluation.Hits);
        Lanes(text, "evaluate_late_total", "counter", "Late events.", lane => lane.Progress?.Tally.Evaluation.Late);
        Lanes(text, "evaluate_rule_errors_total", "counter", "Errors of rules.", lane => lane.Progress?.Tally.Evaluation.RuleErrors);
        Lanes(text, "alerts_opened_total", "counter", "Alerts opened.", lane => lane.Progress?.Tally.Evaluation.Opened);
        Lanes(text, "alerts_suppressed_total", "counter", "Alerts held back.", lane => lane.Progress?.Tally.Evaluation.Suppressed);
        Header(text, "workorders_dispatched_total", "counter", "Orders dispatched by lead unit.");
        foreach (var lane in board.Lanes)
            foreach (var (unit, count) in lane.Progress?.Tally.Orders ?? [])
                Sample(text, "workorders_dispatched_total", $"lane=\"{lane.Lane}\",unit=\"{unit}\"", count);
    }

    private void WriteGauges(StringBuilder text)
    {
        Lanes(text, "lane_running", "gauge", "1 where the lane takes records.", lane => lane.State == LaneState.Running ? 1 : 0);
        Lanes(text, "lane_restarts_total", "counter", "Lives of the lane that ended by a fault.", lane => lane.Restarts);
        Lanes(text, "lane_lag_records", "gauge", "Records there and not yet read.", lane => lane.Lag);
        Lanes(text, "lane_watermark_delay_seconds", "gauge", "Clock minus the event time that all inputs have reached.", DelayOf);
        Lanes(text, "publish_backlog", "gauge", "Outputs persisted and not yet published.", lane => lane.Progress?.Backlog);
    }

    private double? DelayOf(LaneStatus lane) =>
        lane.Progress is { FrontTicks: > long.MinValue } progress ? (clock.GetCurrentInstant().ToUnixTimeTicks() - progress.FrontTicks) / (double)NodaConstants.TicksPerSecond : null;

    private void WriteMeters(StringBuilder text)
    {
        foreach (var counter in meters.Sums.GroupBy(pair => pair.Key.Instrument))
        {
            Header(text, counter.Key.Name + "_total", "counter", counter.Key.Description);
            foreach (var (series, sum) in counter)
                Sample(text, counter.Key.Name + "_total", series.Labels, sum);
        }

        foreach (var (series, histogram) in meters.Histograms)
            WriteHistogram(text, series.Instrument, series.Labels, histogram);
    }

    private static void WriteHistogram(StringBuilder text, Instrument instrument, string labels, HistogramTotal histogram)
    {
        string name = $"{instrument.Name}_seconds", prefix = labels.Length == 0 ? "" : labels + ",";
        Header(text, name, "histogram", instrument.Description);
        var (counts, sum) = histogram.Read();
        long total = 0;
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            total += counts[bucket];
            string bound = bucket < HistogramTotal.Bounds.Length ? HistogramTotal.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Sample(text, name + "_bucket", $"{prefix}le=\"{bound}\"", total);
        }

        Sample(text, name + "_sum", labels, sum);
        Sample(text, name + "_count", labels, total);
    }

    private void Lanes(StringBuilder text, string name, string type, string help, Func<LaneStatus, double?> valueOf)
    {
        Header(text, name, type, help);
        foreach (var lane in board.Lanes)
            if (valueOf(lane) is { } value)
                Sample(text, name, $"lane=\"{lane.Lane}\"", value);
    }

    private static void Header(StringBuilder text, string name, string type, string? help) =>
        text.Append("# HELP alertengine_").Append(name).Append(' ').Append(help).Append("\n# TYPE alertengine_").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder text, string name, string labels, double value) =>
        text.Append("alertengine_").Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
