using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// From the bytes of a command or feedback (CloudEvents 1.0, structured JSON) to what a district takes. Strict: a misspelt member would select
/// other orders than were meant. What has an id is answered, with the reason; only what has none is a dead letter. Thread-safe.
/// </summary>
/// <param name="city">Its districts and its code.</param>
/// <param name="inputs">The lane's inputs: what comes as feedback may only be about orders.</param>
public sealed class CommandDecoder(CityModel city, ImmutableArray<InputDescription> inputs) : ICommandDecoder
{
    /// <summary>The CloudEvents type of a command.</summary>
    public const string CommandType = "city.command.v1";

    /// <summary>The CloudEvents type of feedback about an order.</summary>
    public const string FeedbackType = "city.workorder.feedback.v1";

    /// <summary>A command is a few words; more bytes are a fault of its sender.</summary>
    public const int MaxValueBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <inheritdoc />
    public CommandReading Decode(in InputRecord record, TimeBounds bounds)
    {
        if (record.Value.Length > MaxValueBytes)
            return Rejected(RejectionCodes.TooLarge, $"the value has {record.Value.Length} bytes, more than a command's {MaxValueBytes}");
        if (!Utf8.IsValid(record.Value.Span))
            return Rejected(RejectionCodes.InvalidUtf8, "the value is not UTF-8");
        try
        {
            using JsonDocument document = JsonDocument.Parse(record.Value, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Rejected(RejectionCodes.InvalidJson, "the value is no JSON object");
            return ReportOf(document.RootElement, record, bounds) is { } report
                ? CommandReading.Of(city.Code, report)
                : Read(CommandMessage.Read(document.RootElement), record, bounds);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Rejected(RejectionCodes.InvalidJson, "the value is not one JSON object without repeated members");
        }
    }

    /// <summary>What a lane reports to the city's; people cannot, because their records come to other inputs first.</summary>
    private CentreReport? ReportOf(JsonElement root, in InputRecord record, TimeBounds bounds)
    {
        if (inputs[record.Input].Kind != InputKind.Lanes || !CentreReport.IsOne(TextOf(root, "type")) || !root.TryGetProperty("data", out JsonElement data))
            return null;
        bool hasTime = Rfc3339.Read(Encoding.UTF8.GetBytes(TextOf(root, "time")), out long atTicks) == Rfc3339Answer.Valid;
        return new CentreReport(TextOf(root, "id"), hasTime ? atTicks : bounds.NowTicks, TextOf(root, "district"), TextOf(root, "type"), data.Clone());
    }

    private static string TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";

    private CommandReading Read(CommandMessage message, in InputRecord record, TimeBounds bounds)
    {
        if (message.Id.Length == 0)
            return Rejected(RejectionCodes.MissingAttribute, "attribute 'id' is missing: a command without one cannot be answered");
        bool isFeedback = inputs[record.Input].Kind == InputKind.Feedback;
        string district = message.District.Length != 0 ? message.District : Utf8.IsValid(record.Key.Span) ? Encoding.UTF8.GetString(record.Key.Span) : "";
        string? refusal = CommandRules.Check(message, isFeedback, bounds, out CommandTimes times) ?? CheckDistrict(district) ?? CheckContext(message);
        return refusal is null
            ? CommandReading.Of(district, CommandOf(message, times))
            : CommandReading.Refused(Refuse(message, refusal, district, times.AtTicks));
    }

    private string? CheckDistrict(string district)
    {
        if (district.Length == 0)
            return "no district: neither attribute nor key names one";
        return city.AcceptsEverything || city.Districts.ContainsKey(district) || district == city.Code ? null : $"district '{district}' is none of the city's";
    }

    private string? CheckContext(CommandMessage message)
    {
        if (message.Mode is { } mode && !city.HasMode(mode))
            return $"the city has no mode '{mode}'";
        if (message.Level is { } level && !city.Levels.Contains(level))
            return $"the city has no level '{level}'";
        return message.Scene is { } scene && !city.AcceptsEverything && !city.Scenes.ContainsKey(scene) ? $"the city has no scene '{scene}'" : null;
    }

    private static DistrictCommand CommandOf(CommandMessage message, CommandTimes times)
    {
        if (message.Word == AdoptCommand.Adopt)
            return AdoptionOf(message, times);
        DistrictCommand command = CommandWords.Make(
            message.Word, message.Id, times.EffectiveAtTicks ?? times.AtTicks, message.Actor, message.Reason, message.Order, message.To) with
        {
            RuleId = message.Rule,
            Key = message.Key,
            UntilTicks = times.UntilTicks,
            EffectiveAtTicks = times.EffectiveAtTicks,
        };
        return command switch
        {
            OrderCommand order => order with { Unit = message.Unit },
            ContextCommand context => context with { Mode = message.Mode, Scene = message.Scene },
            SilenceCommand silence => silence with { EventClass = message.EventClass },
            _ => command,
        };
    }

    private static AdoptCommand AdoptionOf(CommandMessage message, CommandTimes times) => new(message.Id, times.AtTicks, message.Actor, message.Reason)
    {
        ParentId = message.Parent!,
        AlertId = message.Alert!,
        OrderId = message.Order,
        Level = message.Level!,
    };

    private static Output Refuse(CommandMessage message, string reason, string district, long atTicks)
    {
        var command = new UnreadCommand(message.Id, atTicks, message.Actor, message.Reason, message.Word);
        var reply = new CommandReply(command, CommandOutcome.Refused, reason, atTicks, []);
        return new Output(OutputKind.Reply, CommandReply.Topic, message.Id, reply.Write(district));
    }

    private static CommandReading Rejected(string code, string message) => CommandReading.Rejected(new Rejection(code, message));

    /// <summary>A command that nobody takes; its reply says as much of it as could be read.</summary>
    private sealed record UnreadCommand(string Id, long AtTicks, string Actor, string Reason, string Written) : DistrictCommand(Id, AtTicks, Actor, Reason)
    {
        public override string Word => Written;
    }
}
