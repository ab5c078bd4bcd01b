using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>It took effect: at least one order was changed by it, or a silence.</summary>
    Accepted = 0,

    /// <summary>Nothing was changed by it.</summary>
    Refused,

    /// <summary>Its id was taken before; nothing was changed.</summary>
    Repeated,
}

/// <summary>What a command did to one order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Revision">Its revision now.</param>
/// <param name="Refusal">Why it was not changed; null where it was.</param>
public sealed record OrderAnswer(string OrderId, OrderStatus Status, int Revision, string? Refusal);

/// <summary>The answer to a command.</summary>
/// <param name="Command">The command.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was refused; null where it was not.</param>
/// <param name="AtTicks">When it took effect.</param>
/// <param name="Orders">What it did to each order that it selected.</param>
public sealed record CommandReply(DistrictCommand Command, CommandOutcome Outcome, string? Reason, long AtTicks, ImmutableArray<OrderAnswer> Orders)
{
    /// <summary>The topic of replies.</summary>
    public const string Topic = "alertengine.replies.v1";

    /// <summary>The message, a CloudEvent. The same reply gives the same bytes.</summary>
    public ReadOnlyMemory<byte> Write(string district) => JsonText.Bytes((this, district), static (json, message) =>
    {
        (CommandReply reply, string code) = message;
        string outcome = reply.Outcome.ToString().ToLowerInvariant();
        json.WriteStartObject();
        CloudEventEnvelope.Write(json, code, $"{reply.Command.Id}-{code}-{outcome}", $"city.command.{outcome}.v1", reply.Command.Id, reply.AtTicks);
        json.WriteStartObject("data");
        json.WriteString("commandId", reply.Command.Id);
        json.WriteString("command", reply.Command.Word);
        json.WriteString("outcome", outcome);
        AlertDocument.WriteOptional(json, "reason", reply.Reason);
        json.WriteString("actor", reply.Command.Actor);
        json.WriteStartArray("orders");
        foreach (OrderAnswer answer in reply.Orders)
        {
            json.WriteStartObject();
            json.WriteString("workOrderId", answer.OrderId);
            json.WriteString("status", OrderDocument.Word(answer.Status));
            json.WriteNumber("revision", answer.Revision);
            AlertDocument.WriteOptional(json, "reason", answer.Refusal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
