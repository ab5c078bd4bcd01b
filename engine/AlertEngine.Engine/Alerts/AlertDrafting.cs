using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>Reads from the frame what an alert says of itself: dedup key, severity, title, place, evidence. Pure.</summary>
internal static class AlertDrafting
{
    private const char PartSeparator = '|';

    /// <summary>What the alert is merged by; null where a part met an error. Drills and shadow rules never merge with what is real.</summary>
    public static string? DedupKey(EvaluationScope scope)
    {
        // Where steps of a sequence have different keys, the default dedup key reads alert.key.
        AlertSlots(scope)[AlertRecord.Key] = CelValue.Of(scope.Key);
        var text = new StringBuilder();
        if (scope.Status != EventStatus.Actual)
            text.Append(Words.Of(scope.Status)).Append(PartSeparator);
        if (scope.Variant.Stage == RuleStage.Shadow)
            text.Append("shadow").Append(PartSeparator);
        for (int i = 0; i < scope.Rule.DedupKey.Length; i++)
        {
            CelValue part = scope.Rule.DedupKey[i](scope.Frame);
            if (!part.IsPresent || part.Kind == CelKind.Error)
                return null;
            text.Append(i == 0 ? "" : PartSeparator.ToString()).Append(CelFormat.Text(part));
        }

        return text.ToString();
    }

    /// <summary>The gravest of the base and the raises that hold, and the mode's steps over it.</summary>
    public static Severity SeverityOf(EvaluationScope scope)
    {
        Severity severity = OwnSeverityOf(scope);
        return scope.Modes.Count != 0 && scope.Modes.TryGetValue(scope.Mode, out CityMode? mode)
            ? (Severity)Math.Min((int)Severity.Red, (int)severity + mode.SeveritySteps)
            : severity;
    }

    /// <summary>The gravest of the base and the raises that hold, whatever the mode.</summary>
    public static Severity OwnSeverityOf(EvaluationScope scope)
    {
        Severity severity = scope.Variant.Severity.Base;
        foreach (SeverityRaise raise in scope.Variant.Severity.Raises)
        {
            if (raise.To > severity && raise.When.IsTrue(scope.Frame))
                severity = raise.To;
        }

        return severity;
    }

    /// <summary>A new alert.</summary>
    public static Alert Open(EvaluationScope scope, in Detected detected, string district, string dedupKey, Contributor contributor)
    {
        bool isShot = detected.Kind == DetectedKind.Shot;
        long reopenTicks = (long)scope.Rule.Reopen.TotalTicks;
        return new Alert
        {
            Id = IdOf(scope, detected, district),
            RuleId = scope.Rule.Id,
            Key = scope.Key,
            DedupKey = dedupKey,
            Status = isShot ? AlertStatus.Shot : AlertStatus.Firing,
            Severity = contributor.Severity,
            EventStatus = scope.Status,
            IsLate = scope.IsLate,
            IsShadow = scope.Variant.Stage == RuleStage.Shadow,
            OpenedAtTicks = detected.AtTicks,
            EndedAtTicks = isShot ? detected.AtTicks : null,
            KeptUntilTicks = isShot ? detected.AtTicks + reopenTicks : 0,
            MergedCount = detected.Contributions,
            Contributors = isShot ? [] : [contributor],
            Title = TitleRenderer.Render(scope.Rule.Title, scope.Frame),
            OpenedBy = detected.OpenerId is { } id ? new EventReference(detected.OpenerSource ?? "", id) : null,
            RelatedEvents = detected.OpenerId is { } opener ? [new EventReference(detected.OpenerSource ?? "", opener)] : [],
            Place = PlaceOf(scope, district),
            MergeClass = NearbyIncidents.ClassOf(scope),
        };
    }

    /// <summary>The evidence of the event in the frame, as a JSON object; null where the rule keeps none or no event is there.</summary>
    public static string? EvidenceOf(EvaluationScope scope)
    {
        if (scope.Rule.Evidence is not { } plan || scope.Event is null)
            return null;
        return JsonText.Text((plan, scope), static (json, evidence) =>
        {
            json.WriteStartObject();
            foreach (EvidenceField field in evidence.plan.Fields)
                CelJson.WriteMember(json, field.Name, field.IsSensitive ? CelValue.Of(TitleRenderer.Mask) : field.Value(evidence.scope.Frame));
            json.WriteEndObject();
        });
    }

    /// <summary>Places an alert as expressions read it.</summary>
    public static void Load(Alert alert, EvaluationScope scope)
    {
        CelValue[] slots = AlertSlots(scope);
        slots[AlertRecord.Severity] = CelValue.Of(Words.Of(alert.Severity));
        slots[AlertRecord.Rule] = CelValue.Of(alert.RuleId);
        slots[AlertRecord.Key] = CelValue.Of(alert.Key);
        slots[AlertRecord.District] = CelValue.Of(alert.Place.District);
        slots[AlertRecord.MergedCount] = CelValue.Of((long)alert.MergedCount);
        slots[AlertRecord.Late] = CelValue.Of(alert.IsLate);
    }

    /// <summary>The record of <c>alert</c> in the frame, made when it is first needed.</summary>
    private static CelValue[] AlertSlots(EvaluationScope scope)
    {
        CelValue[][] records = scope.Frame.Records;
        if (records[FrameRecords.Alert].Length == 0)
            records[FrameRecords.Alert] = new CelValue[AlertRecord.Type.SlotCount];
        return records[FrameRecords.Alert];
    }

    private static string IdOf(EvaluationScope scope, in Detected detected, string district)
    {
        // A drill on the same device must not take the id of the real incident.
        string key = scope.Status == EventStatus.Actual ? scope.Key : $"{Words.Of(scope.Status)}{PartSeparator}{scope.Key}";
        if (detected.Instance.Length != 0)
            key = $"{key}{PartSeparator}{detected.Instance}";
        return detected.OpenerId is { } id
            ? AlertId.OfEvent(scope.Rule.Id, district, key, detected.OpenerSource ?? "", id)
            : AlertId.OfInstant(scope.Rule.Id, district, key, detected.AtTicks);
    }

    /// <summary>Where the present detection is: its event's position, else its device's; null where neither is known.</summary>
    public static GeoPoint? PointOf(EvaluationScope scope)
    {
        CelValue[] slots = scope.Frame.Records[FrameRecords.Event];
        return (slots.Length == 0 ? null : GeoPoint.From(slots[EventSlots.Geo])) ?? scope.DevicePoint;
    }

    private static AlertPlace PlaceOf(EvaluationScope scope, string district)
    {
        CelValue[] slots = scope.Frame.Records[FrameRecords.Event];
        string street = slots.Length == 0 ? "" : slots[EventSlots.Street].AsString ?? "";
        string grid = slots.Length == 0 ? "" : slots[EventSlots.Grid].AsString ?? "";
        return new AlertPlace(district, street, grid, PointOf(scope));
    }
}
