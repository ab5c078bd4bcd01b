using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The state of a district as bytes: what a batch changed, or all of it in parts. All have one format, so that a snapshot is deltas on nothing.
/// Rules go by their ids, because their numbers differ from set to set; the state of a rule that is gone is left behind.
/// </summary>
internal sealed partial class DistrictCodec(RuleSet rules, RuleIndex index, KeyStore keys, LastEvents lastEvents, PopulationKeeper populations, TimerQueue timers, AlertBook alerts, OrderBook orders, ContextCodec context, EvaluatedMarks marks, CommandCodec commands, SuppressionCodec suppression, CentreCodec centre)
{
    private const byte Version = 7;

    private readonly StateWriter _stateWriter = new();
    private readonly StateWriter _writer = new();

    // The slots of a kept event have the layout of the rule set that wrote them; under another set they would be read as other fields.
    private bool _isSameRuleSet;

    /// <summary>The context's part.</summary>
    public ContextCodec Context => context;

    /// <summary>When the populations were started; null before.</summary>
    public long? StartedAtTicks { get; set; }

    /// <summary>Whether the start is yet to be written.</summary>
    public bool IsStartChanged { get; set; }

    /// <summary>What changed since the last batch; empty where nothing did.</summary>
    public ReadOnlyMemory<byte> EncodeDelta()
    {
        if (keys.Changed.Count == 0 && alerts.Changed.Count == 0 && orders.Changed.Count == 0 && !IsStartChanged && !context.IsChanged && !marks.IsChanged && !commands.IsChanged && !suppression.IsChanged && !centre.IsChanged)
            return ReadOnlyMemory<byte>.Empty;
        _writer.Clear();
        WriteHead(_writer, context.IsChanged, marks.IsChanged);
        _writer.Count(keys.Changed.Count);
        foreach (KeyState state in keys.Changed)
            WriteKey(_writer, state, ReferenceEquals(keys.Find(state.RuleNumber, state.Key), state));
        _writer.Count(alerts.Changed.Count);
        foreach (string dedupKey in alerts.Changed)
            WriteAlert(_writer, dedupKey, alerts.Find(dedupKey));
        _writer.Count(orders.Changed.Count);
        foreach (string id in orders.Changed)
            WriteOrder(_writer, id, orders.Find(id));
        commands.Write(_writer, isAll: false);
        suppression.Write(_writer, isAll: false);
        centre.Write(_writer, isAll: false);
        IsStartChanged = false;
        return _writer.Written.ToArray();
    }

    /// <summary>Applies what was encoded.</summary>
    public void Apply(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var reader = new StateReader(bytes);
        if (reader.Byte() is not Version and var version)
            throw new InvalidDataException($"a district's state of version {version}");
        _isSameRuleSet = reader.RequiredText() == rules.Hash;
        if (reader.Bool())
            StartedAtTicks = reader.Signed();
        context.Read(reader);
        marks.Read(reader);
        for (int count = reader.Count(); count > 0; count--)
            ApplyKey(reader);
        for (int count = reader.Count(); count > 0; count--)
            ApplyAlert(reader);
        for (int count = reader.Count(); count > 0; count--)
            ApplyOrder(reader);
        commands.Read(reader);
        suppression.Read(reader);
        centre.Read(reader);
        MarkSaved();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        keys.Clear();
        timers.Clear();
        alerts.Clear();
        orders.Clear();
        commands.Clear();
        suppression.Clear();
        centre.Clear();
        marks.Clear();
        StartedAtTicks = null;
    }

    /// <summary>What was written is no change any more.</summary>
    public void MarkSaved()
    {
        keys.MarkSaved();
        alerts.MarkSaved();
        orders.MarkSaved();
        commands.MarkSaved();
        suppression.MarkSaved();
        centre.MarkSaved();
        marks.MarkSaved();
        context.IsChanged = false;
    }

    private void WriteHead(StateWriter writer, bool hasContext, bool hasMarks)
    {
        writer.Byte(Version);
        writer.Text(rules.Hash);
        writer.Bool(StartedAtTicks is not null);
        if (StartedAtTicks is { } startedAtTicks)
            writer.Signed(startedAtTicks);
        context.Write(writer, hasContext);
        marks.Write(writer, hasMarks);
    }

    private void WriteKey(StateWriter writer, KeyState state, bool isKept)
    {
        CompiledRule rule = rules.Rules[state.RuleNumber];
        writer.Text(rule.Id);
        writer.Text(state.Key);
        writer.Bool(isKept);
        if (!isKept)
            return;
        _stateWriter.Clear();
        rule.Detector.Write(state, _stateWriter);
        writer.Bytes(_stateWriter.Written.Span);
        writer.Bytes(lastEvents.Pack(state));
    }

    private static void WriteAlert(StateWriter writer, string dedupKey, Alert? alert)
    {
        writer.Text(dedupKey);
        writer.Bool(alert is not null);
        if (alert is not null)
            AlertCodec.Write(writer, alert);
    }

    private static void WriteOrder(StateWriter writer, string id, WorkOrder? order)
    {
        writer.Text(id);
        writer.Bool(order is not null);
        if (order is not null)
            OrderCodec.Write(writer, order);
    }

    private void ApplyKey(StateReader reader)
    {
        string ruleId = reader.RequiredText(), key = reader.RequiredText();
        bool isKept = reader.Bool();
        ReadOnlyMemory<byte> stateBytes = isKept ? reader.Bytes() : default, lastEvent = isKept ? reader.Bytes() : default;
        if (index.NumberOf(ruleId) is not (>= 0 and var number))
            return;
        if (keys.Find(number, key) is { } former)
        {
            PopulationKeeper.Part(rules.Rules[number], former);
            timers.Cancel(former, index.ClassOf(number));
            keys.Remove(former);
        }

        if (!isKept)
            return;
        KeyState state = rules.Rules[number].Detector.Read(new StateReader(stateBytes));
        state.PackedLastEvent = _isSameRuleSet && !lastEvent.IsEmpty ? lastEvent.ToArray() : null;
        keys.Add(number, key, state);
        populations.Rejoin(number, rules.Rules[number], state);
        timers.Schedule(state, index.ClassOf(number));
    }

    private void ApplyAlert(StateReader reader)
    {
        string dedupKey = reader.RequiredText();
        if (reader.Bool())
            alerts.Restore(AlertCodec.Read(reader));
        else
            alerts.Remove(dedupKey);
    }

    private void ApplyOrder(StateReader reader)
    {
        string id = reader.RequiredText();
        if (reader.Bool())
            orders.Restore(OrderCodec.Read(reader));
        else
            orders.Remove(id);
    }
}
