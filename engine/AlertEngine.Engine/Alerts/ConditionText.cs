using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// The rule's conditions with the values that they had at the opening, as the JSON array of the order's <c>rule.conditions</c>. The slow,
/// telling interpreter is asked, because openings are rare and people want every value. Pure.
/// </summary>
internal static class ConditionText
{
    /// <summary>The array; sensitive fields are masked.</summary>
    public static string Of(EvaluationScope scope)
    {
        if (scope.Rule.Conditions.IsEmpty)
            return "[]";
        return JsonText.Text(scope, static (json, scope) =>
        {
            json.WriteStartArray();
            foreach (RuleCondition condition in scope.Rule.Conditions)
                Write(json, condition, scope);
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, RuleCondition condition, EvaluationScope scope)
    {
        CelExplanation explanation = condition.Expression.Explain(scope.Frame);
        json.WriteStartObject();
        json.WriteString("name", condition.Name);
        json.WriteString("expression", condition.Expression.Source);
        bool isShown = condition.SensitiveFields.IsEmpty || explanation.Value.Kind == CelKind.Bool;
        CelJson.WriteMember(json, "value", isShown ? explanation.Value : CelValue.Of(TitleRenderer.Mask));
        json.WriteStartObject("values");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (CelExplainedPart part in explanation.Parts)
        {
            if (part.IsEvaluated && part.Value.Kind != CelKind.Bool && seen.Add(part.Text))
                CelJson.WriteMember(json, part.Text, IsSensitive(part.Text, condition) ? CelValue.Of(TitleRenderer.Mask) : part.Value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // By the text: a part may be an event's field, a step's, or a function of one. When a timer fires there is no event to ask what is sensitive.
    private static bool IsSensitive(string text, RuleCondition condition) =>
        condition.SensitiveFields.Any(field => text.Contains($".{field}", StringComparison.Ordinal));
}
