using System.Text;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using NJsonSchema;

namespace AlertEngine.Testing.Contracts;

/// <summary>Checks messages against the schemas that downstream systems are given.</summary>
public static class OutputContract
{
    private static readonly Lazy<JsonSchema> Alert = new(() => Load(ContractSchemas.Alert));
    private static readonly Lazy<JsonSchema> WorkOrder = new(() => Load(ContractSchemas.WorkOrder));
    private static readonly Lazy<JsonSchema> Reply = new(() => Load(ContractSchemas.Reply));
    private static readonly Lazy<JsonSchema> DeadLetter = new(() => Load(ContractSchemas.DeadLetter));

    /// <summary>What is wrong with a message; empty where nothing is, or where its kind has no schema yet.</summary>
    public static IReadOnlyList<string> Faults(Output output) => Faults(output.Kind, Encoding.UTF8.GetString(output.Value.Span));

    /// <summary>The same for a line of a file.</summary>
    public static IReadOnlyList<string> Faults(OutputKind kind, string json)
    {
        JsonSchema? schema = kind switch { OutputKind.Alert => Alert.Value, OutputKind.WorkOrder => WorkOrder.Value, OutputKind.Reply => Reply.Value, OutputKind.DeadLetter => DeadLetter.Value, _ => null };
        return schema is null ? [] : [.. schema.Validate(json).Select(fault => $"{fault.Path}: {fault.Kind}")];
    }

    private static JsonSchema Load(string name) => JsonSchema.FromJsonAsync(ContractSchemas.Read(name)).Result;
}
