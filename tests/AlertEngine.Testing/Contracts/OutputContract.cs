using System.Collections.Frozen;
using System.Text;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using NJsonSchema;

namespace AlertEngine.Testing.Contracts;

/// <summary>Checks messages against the schemas that downstream systems are given.</summary>
public static class OutputContract
{
    private static readonly FrozenDictionary<OutputKind, Lazy<JsonSchema>> Schemas = new Dictionary<OutputKind, string>
    {
        [OutputKind.Alert] = ContractSchemas.Alert,
        [OutputKind.WorkOrder] = ContractSchemas.WorkOrder,
        [OutputKind.Reply] = ContractSchemas.Reply,
        [OutputKind.DeadLetter] = ContractSchemas.DeadLetter,
        [OutputKind.Notification] = ContractSchemas.Notification,
        [OutputKind.Digest] = ContractSchemas.Digest,
    }.ToFrozenDictionary(pair => pair.Key, pair => new Lazy<JsonSchema>(() => JsonSchema.FromJsonAsync(ContractSchemas.Read(pair.Value)).Result));

    /// <summary>What is wrong with a message; empty where nothing is, and where its kind has no schema: a re-keyed event is that of its sender.</summary>
    public static IReadOnlyList<string> Faults(Output output) => Faults(output.Kind, Encoding.UTF8.GetString(output.Value.Span));

    /// <summary>The same for a line of a file.</summary>
    public static IReadOnlyList<string> Faults(OutputKind kind, string json) =>
        Schemas.TryGetValue(kind, out Lazy<JsonSchema>? schema) ? [.. schema.Value.Validate(json).Select(fault => $"{fault.Path}: {fault.Kind}")] : [];
}
