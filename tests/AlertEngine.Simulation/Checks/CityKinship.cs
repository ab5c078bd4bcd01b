using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Checks;

/// <summary>
/// What the city has said to districts, once everything had time: each command that gives an order its parent was taken once and answered once by the
/// district that it names, and an order that says it has a parent was told so by one.
/// </summary>
internal static class CityKinship
{
    public static void Check(LaneHistory city, IEnumerable<LaneHistory> districts, Happenings happenings)
    {
        JsonElement[] said = [.. districts.SelectMany(lane => lane.Outputs).Where(output => output.Output.Kind is OutputKind.Reply or OutputKind.WorkOrder).Select(output => JsonElement.Parse(output.Output.Value.Span))];
        HashSet<string> parents = new(StringComparer.Ordinal);
        foreach (NumberedOutput output in city.Outputs.Where(output => output.Output.Topic == LaneTopics.Commands))
        {
            JsonElement command = JsonElement.Parse(output.Output.Value.Span);
            string id = command.GetProperty("id").GetString()!;
            parents.Add(command.GetProperty("data").GetProperty("parent").GetString()!);
            string[] answers = [.. said.Where(one => Text(one, "commandId") == id).Select(one => $"{one.GetProperty("district")} {Text(one, "outcome")}")];
            if (answers is not [var answer] || !answer.StartsWith($"{command.GetProperty("district")} ", StringComparison.Ordinal))
                throw new SimulationViolation($"the city's command {id} for {command.GetProperty("district")} was answered '{string.Join(", ", answers)}'");
            string reason = Text(said.First(one => Text(one, "commandId") == id), "reason");
            if (reason.Length != 0 && !reason.Contains("already", StringComparison.Ordinal) && !reason.StartsWith("no order", StringComparison.Ordinal))
                throw new SimulationViolation($"the city's command {id} was refused: {reason}");
            happenings.Count($"city command {answer.Split(' ')[1]}");
        }

        if (said.FirstOrDefault(one => Text(one, "parentId") is { Length: > 0 } parent && !parents.Contains(parent)) is { ValueKind: JsonValueKind.Object } orphan)
            throw new SimulationViolation($"order {Text(orphan, "workOrderId")} has the parent {Text(orphan, "parentId")}, of which no command told it");
        foreach (NumberedOutput order in city.Outputs.Where(output => output.Output.DispatchedTo is not null))
            happenings.Count($"city order of {JsonElement.Parse(order.Output.Value.Span).GetProperty("data").GetProperty("rule").GetProperty("id")}");
    }

    private static string Text(JsonElement message, string name) =>
        message.GetProperty("data").TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
