using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Contracts;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: a command is what it says or is refused with the reason; nothing is guessed. Method: messages that differ from a good one by one thing;
/// replies are checked against their schema.
/// </summary>
public sealed class CommandDecoderTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 7, 1, 0, 0);
    private static readonly TimeBounds Bounds = new((At + Duration.FromMinutes(5)).ToUnixTimeTicks(), At.ToUnixTimeTicks());

    [Fact]
    public void Every_verb_of_an_order_can_come_as_a_command_and_as_feedback()
    {
        foreach (OrderVerb verb in Enum.GetValues<OrderVerb>())
        {
            string word = verb.ToString().ToLowerInvariant();
            foreach ((string type, InputKind kind) in new[] { ("city.command.v1", InputKind.Commands), ("city.workorder.feedback.v1", InputKind.Feedback), ("city.workorder.feedback.v1", InputKind.Commands) })
            {
                CommandReading reading = Decode(Message(type, $"\"command\":\"{word}\",\"order\":\"o-1\""), kind);
                var command = Assert.IsType<OrderCommand>(reading.Command);
                Assert.Equal(("320106", "c-1", verb, "o-1"), (reading.District, command.Id, command.Verb, command.Order));
                Assert.Equal(("wang", "on site", (At - Duration.FromMinutes(1)).ToUnixTimeTicks()), (command.Actor, command.Reason, command.AtTicks));
            }
        }
    }

    [Fact]
    public void A_reassignment_names_the_unit_and_an_extension_the_deadline()
    {
        Assert.Equal("water", Order("\"command\":\"reassign\",\"order\":\"o-1\",\"to\":\"water\"").ToUnit);
        Assert.Equal((At + Duration.FromHours(2)).ToUnixTimeTicks(), Order("\"command\":\"extend\",\"key\":\"WL-1\",\"until\":\"2026-07-01T10:00:00+08:00\"").UntilTicks);
    }

    [Fact]
    public void A_silence_has_selectors_and_an_end()
    {
        var silence = Assert.IsType<SilenceCommand>(Decode(Message("city.command.v1", "\"command\":\"silence\",\"rule\":\"r\",\"key\":\"k\",\"until\":\"2026-07-01T09:00:00+08:00\""), InputKind.Commands).Command);
        Assert.Equal((false, "r", "k", (At + Duration.FromHours(1)).ToUnixTimeTicks()), (silence.IsEnding, silence.RuleId, silence.Key, silence.UntilTicks!.Value));
        Assert.True(Assert.IsType<SilenceCommand>(Decode(Message("city.command.v1", "\"command\":\"unsilence\""), InputKind.Commands).Command).IsEnding);
    }

    [Fact]
    public void What_is_to_take_effect_later_says_when()
    {
        OrderCommand command = Order("\"command\":\"close\",\"order\":\"o-1\",\"effectiveAt\":\"2026-07-01T09:00:00+08:00\"");
        long later = (At + Duration.FromHours(1)).ToUnixTimeTicks();
        Assert.Equal((later, later), (command.AtTicks, command.EffectiveAtTicks));
    }

    [Fact]
    public void Without_an_attribute_the_key_is_the_district()
    {
        string message = Message("city.command.v1", Close).Replace("\"district\":\"320106\",", "", StringComparison.Ordinal);
        Assert.Equal("320106", Decode(message, InputKind.Commands, "320106").District);
        Assert.Equal("no district: neither attribute nor key names one", RefusalOf(message, InputKind.Commands));
    }

    [Theory]
    [InlineData("\"command\":\"explode\",\"order\":\"o-1\"", "'explode' is none of acknowledge, arrive, resolve, verify, close, reopen, return, suspend, resume, extend, reassign, cancel, silence, unsilence, switch-mode, start-scene, stop-scene, adopt")]
    [InlineData("\"order\":\"o-1\"", "data.command is missing")]
    [InlineData("\"command\":\"close\"", "no order is named: say data.order, or data.rule, or data.key")]
    [InlineData("\"command\":\"close\",\"ordre\":\"o-1\"", "data.ordre is none of command, actor, reason, order, rule, key, class, unit, to, mode, scene, alert, parent, level, until, effectiveAt")]
    [InlineData("\"command\":\"close\",\"order\":\"o-1\",\"class\":\"smoke\"", "data.class does not belong to 'close'")]
    [InlineData("\"command\":\"close\",\"order\":7", "data.order is no text")]
    [InlineData("\"command\":\"close\",\"order\":\"o-1\",\"to\":\"water\"", "data.to does not belong to 'close'")]
    [InlineData("\"command\":\"close\",\"order\":\"o-1\",\"until\":\"2026-07-01T09:00:00+08:00\"", "data.until does not belong to 'close'")]
    [InlineData("\"command\":\"silence\",\"order\":\"o-1\"", "data.order does not belong to 'silence'")]
    [InlineData("\"command\":\"switch-mode\"", "data.mode is missing: which mode?")]
    [InlineData("\"command\":\"switch-mode\",\"mode\":\"emergency\",\"rule\":\"r\"", "data.rule does not belong to 'switch-mode'")]
    [InlineData("\"command\":\"start-scene\",\"mode\":\"emergency\"", "data.mode does not belong to 'start-scene'")]
    [InlineData("\"command\":\"stop-scene\"", "data.scene is missing: which scene?")]
    [InlineData("\"command\":\"close\",\"order\":\"o-1\",\"scene\":\"flood\"", "data.scene does not belong to 'close'")]
    [InlineData("\"command\":\"silence\",\"until\":\"tomorrow\"", "data.until is not an RFC 3339 time with an offset: 'tomorrow'")]
    [InlineData("\"command\":\"close\",\"order\":\"o-1\",\"effectiveAt\":\"2026-07-01T09:00:00\"", "data.effectiveAt is not an RFC 3339 time with an offset: '2026-07-01T09:00:00'")]
    public void What_the_data_get_wrong_is_refused_with_the_reason(string data, string reason) =>
        Assert.Equal(reason, RefusalOf(Message("city.command.v1", data), InputKind.Commands));

    [Theory]
    [InlineData("\"wang\"", "\"\"", "data.actor is missing: a command says who gives it")]
    [InlineData("\"on site\"", "\"\"", "data.reason is missing: a command says why")]
    [InlineData("\"1.0\"", "\"0.3\"", "attribute 'specversion' is '0.3'; only 1.0 is known")]
    [InlineData("city.command.v1", "water.level", "type 'water.level' is neither city.command.v1 nor city.workorder.feedback.v1")]
    [InlineData("2026-07-01T07:59:00+08:00", "2026-07-01T07:59:00", "attribute 'time' is not an RFC 3339 time with an offset: '2026-07-01T07:59:00'")]
    [InlineData("2026-07-01T07:59:00+08:00", "", "attribute 'time' is missing")]
    [InlineData("2026-07-01T07:59:00+08:00", "2026-07-01T08:06:00+08:00", "attribute 'time' is ahead of what is admitted: '2026-07-01T08:06:00+08:00'")]
    [InlineData("320106", "999999", "district '999999' is none of the city's")]
    [InlineData("\"data\":{", "\"daten\":{", "it has no data")]
    public void What_the_envelope_gets_wrong_is_refused_with_the_reason(string written, string wrong, string reason) =>
        Assert.Equal(reason, RefusalOf(Message("city.command.v1", Close).Replace(written, wrong, StringComparison.Ordinal), InputKind.Commands));

    [Fact]
    public void Feedback_is_about_orders_and_commands_do_not_come_as_feedback()
    {
        Assert.Equal("feedback is about orders; 'silence' is a command", RefusalOf(Message("city.workorder.feedback.v1", "\"command\":\"silence\""), InputKind.Feedback));
        Assert.Equal("type 'city.command.v1' does not come as feedback; city.workorder.feedback.v1 does", RefusalOf(Message("city.command.v1", Close), InputKind.Feedback));
    }

    [Theory]
    [InlineData("{", "invalid-json", "the value is not one JSON object without repeated members")]
    [InlineData("[]", "invalid-json", "the value is no JSON object")]
    [InlineData("""{"id":"a","id":"b"}""", "invalid-json", "the value is not one JSON object without repeated members")]
    [InlineData("""{"id":"\ud800"}""", "invalid-json", "the value is not one JSON object without repeated members")]
    [InlineData("""{"type":"city.command.v1"}""", "missing-attribute", "attribute 'id' is missing: a command without one cannot be answered")]
    public void What_cannot_be_answered_is_a_dead_letter(string message, string code, string text) =>
        Assert.Equal(new Rejection(code, text), Decode(message, InputKind.Commands).Rejection);

    private const string Close = "\"command\":\"close\",\"order\":\"o-1\"";

    private static string Message(string type, string data) =>
        $$$"""{"specversion":"1.0","id":"c-1","source":"/console","type":"{{{type}}}","time":"2026-07-01T07:59:00+08:00","district":"320106","traceparent":"00","data":{{{{data}}},"actor":"wang","reason":"on site"}}""";

    private static OrderCommand Order(string data) => Assert.IsType<OrderCommand>(Decode(Message("city.command.v1", data), InputKind.Commands).Command);

    private static string RefusalOf(string message, InputKind kind)
    {
        Output refusal = Decode(message, kind).Refusal ?? throw new InvalidOperationException("it was not refused");
        Assert.Empty(OutputContract.Faults(refusal));
        JsonElement data = JsonElement.Parse(refusal.Value.Span).GetProperty("data");
        Assert.Equal(("c-1", "refused"), (data.GetProperty("commandId").GetString(), data.GetProperty("outcome").GetString()));
        return data.GetProperty("reason").GetString()!;
    }

    private static CommandReading Decode(string message, InputKind kind, string key = "") =>
        new CommandDecoder(City, [new InputDescription("commands", "1", 0, kind)])
            .Decode(new InputRecord(0, 0, 1, Encoding.UTF8.GetBytes(key), default, Encoding.UTF8.GetBytes(message)), Bounds);

    private static CityModel City { get; } = CityModel.Open with
    {
        AcceptsEverything = false,
        Districts = ImmutableArray.Create("320106").ToFrozenDictionary(code => code, code => new District(code, LocalText.Both(code), [])),
    };
}
