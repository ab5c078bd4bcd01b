using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish;

/// <summary>Goal: what is journaled fits its topic. Method: outputs that are too large in one thing or in all; the same bytes each time.</summary>
public sealed class OutputBoundsTests
{
    private static readonly OutputBounds Bounds = new(new OutputLimits(4_000, new Dictionary<string, int> { ["small"] = 500 }.ToFrozenDictionary()), "rules-1");

    [Fact]
    public void What_fits_stays_as_it_is()
    {
        Output output = Order(evidence: 3);
        Assert.Same(output, Bounds.Bound(output, out OutputFit fit));
        Assert.Equal(OutputFit.Fits, fit);
    }

    [Fact]
    public void Long_texts_go_first_and_no_character_is_cut_in_two()
    {
        Output output = Order(evidence: 1, description: new string('汛', 1_023) + "\U0001F30A" + new string('x', 4_000));
        Output bounded = Bounds.Bound(output, out OutputFit fit);
        Assert.Equal(OutputFit.Trimmed, fit);
        JsonElement data = Data(bounded);
        Assert.Equal(new string('汛', 1_023) + "…", data.GetProperty("description").GetString());
        Assert.Equal("""["texts"]""", data.GetProperty("trimmed").GetRawText());
        Assert.Equal(1, data.GetProperty("evidence").GetArrayLength());
        Assert.Equal(output with { Value = bounded.Value }, bounded);
    }

    [Fact]
    public void Then_the_evidence_then_the_conditions()
    {
        Assert.Equal("""["texts","evidence"]""", Data(Bounds.Bound(Order(evidence: 60), out _)).GetProperty("trimmed").GetRawText());
        JsonElement both = Data(Bounds.Bound(Order(evidence: 60, conditions: 80), out _));
        Assert.Equal("""["texts","evidence","conditions"]""", both.GetProperty("trimmed").GetRawText());
        Assert.Equal((0, 0, "o-1"), (both.GetProperty("evidence").GetArrayLength(), both.GetProperty("rule").GetProperty("conditions").GetArrayLength(), both.GetProperty("workOrderId").GetString()));
    }

    [Theory]
    [InlineData(OutputKind.WorkOrder)]
    [InlineData(OutputKind.Rekeyed)]
    public void What_does_not_fit_even_so_or_is_never_trimmed_becomes_a_dead_letter(OutputKind kind)
    {
        Output output = Order(evidence: 60, description: new string('x', 1_000)) with { Kind = kind, Topic = "small" };
        Output letter = Bounds.Bound(output, out OutputFit fit);
        Assert.Equal((OutputFit.Replaced, OutputKind.DeadLetter, "alertengine.deadletters.v1"), (fit, letter.Kind, letter.Topic));
        JsonElement data = Data(letter);
        JsonElement errors = data.GetProperty("__alertengine").GetProperty("errors");
        Assert.Equal(("output-too-large", $"an output of {output.Value.Length} bytes for small, which takes 500"), (errors.GetProperty("code").GetString(), errors.GetProperty("message").GetString()));
        Assert.Equal("""{"topic":"small","key":"o-1"}""", data.GetProperty("output").GetRawText());
        Assert.Equal(output.Value.Length, data.GetProperty("valueBytes").GetInt32());
        Assert.True(letter.Value.Length < 4_000);
        Assert.Equal(letter.Value.ToArray(), Bounds.Bound(output, out _).Value.ToArray());
    }

    private static Output Order(int evidence, int conditions = 1, string description = "d")
    {
        string value = JsonSerializer.Serialize(new
        {
            id = "o-1-1",
            data = new
            {
                workOrderId = "o-1",
                description,
                rule = new { conditions = Enumerable.Range(0, conditions).Select(n => new { name = $"when-{n}", expression = "event.level_m > params.limit_m", value = true }) },
                evidence = Enumerable.Range(0, evidence).Select(n => new { value = 3.5, device = $"WL-{n}", time = "2026-07-01T00:00:00Z", note = "measured at the gauge" }),
            },
        });
        return new Output(OutputKind.WorkOrder, "orders", "o-1", Encoding.UTF8.GetBytes(value), "unit");
    }

    private static JsonElement Data(Output output) => JsonElement.Parse(output.Value.Span).GetProperty("data");
}
