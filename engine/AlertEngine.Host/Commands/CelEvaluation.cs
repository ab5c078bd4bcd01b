using System.Text.Json;
using System.Text.Json.Nodes;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Host.Commands;

/// <summary>Evaluates one expression for <c>cel eval</c>, and shows its value or what is wrong with it, with a caret.</summary>
internal static class CelEvaluation
{
    internal static int Run(string source, string? variables, bool isJson, TextWriter output, TextWriter error)
    {
        var environment = CelEnvironment.Standard;
        var values = new List<(string Name, CelValue Value)>();
        try
        {
            foreach (var (name, node) in Parse(variables))
                values.Add((name, CelJson.ToValue(node)));
        }
        catch (JsonException fault)
        {
            error.WriteLine($"--vars is no JSON object: {fault.Message}");
            return ExitCodes.Usage;
        }
        foreach (var (name, value) in values)
            environment = environment.Declare(name, CelJson.TypeOf(value));
        var compilation = environment.Compile(source);
        foreach (var finding in compilation.Diagnostics)
            error.WriteLine(CelCaret.Show(source, finding));
        if (compilation.Expression is not { } expression)
            return ExitCodes.Findings;
        var frame = environment.CreateFrame();
        foreach (var (name, value) in values)
            environment.Bind(frame, name, value);
        return Show(expression.Explain(frame), expression.Type, isJson, output);
    }

    private static JsonObject Parse(string? variables) =>
        JsonNode.Parse(variables ?? "{}") as JsonObject ?? throw new JsonException("an object is wanted");

    private static int Show(CelExplanation explanation, CelType type, bool isJson, TextWriter output)
    {
        if (isJson)
            output.WriteLine(ToJson(explanation, type).ToJsonString(CelJson.Readable));
        else
        {
            output.WriteLine(CelFormat.Literal(explanation.Value));
            foreach (var part in explanation.Parts.Skip(1))
                output.WriteLine($"{new string(' ', 2 * part.Depth)}{part}");
        }
        return explanation.Value.IsError ? ExitCodes.Findings : ExitCodes.Done;
    }

    private static JsonObject ToJson(CelExplanation explanation, CelType type) => new()
    {
        ["type"] = type.ToString(),
        ["value"] = explanation.Value.IsError ? null : CelJson.FromValue(explanation.Value),
        ["error"] = explanation.Value.AsError?.MessageEn,
        ["parts"] = new JsonArray([.. explanation.Parts.Select(part => new JsonObject
        {
            ["text"] = part.Text, ["start"] = part.Span.Start, ["length"] = part.Span.Length, ["depth"] = part.Depth,
            ["value"] = part.IsEvaluated ? CelFormat.Literal(part.Value) : null,
        })]),
    };
}
