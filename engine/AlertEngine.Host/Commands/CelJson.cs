using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Host.Commands;

/// <summary>JSON to values of the language and back. A number without point and exponent is an int.</summary>
internal static class CelJson
{
    /// <summary>Chinese is written as it is, not escaped.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static CelValue ToValue(JsonNode? node) => node switch
    {
        null => CelValue.Null,
        JsonObject map => CelValue.Map(map.Select(entry => KeyValuePair.Create(entry.Key, ToValue(entry.Value)))),
        JsonArray list => CelValue.List([.. list.Select(ToValue)]),
        JsonValue value when value.TryGetValue(out bool flag) => CelValue.Of(flag),
        JsonValue value when value.TryGetValue(out string? text) => CelValue.Of(text),
        JsonValue value when value.TryGetValue(out long whole) => CelValue.Of(whole),
        _ => CelValue.Of(node.GetValue<double>()),
    };

    /// <summary>The type to declare a variable with. What is inside lists and maps is left to run time.</summary>
    internal static CelType TypeOf(CelValue value) => value.Kind switch
    {
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.List => CelType.List(CelType.Dyn),
        CelKind.Map => CelType.Map(CelType.String, CelType.Dyn),
        _ => CelType.Dyn,
    };

    internal static JsonNode? FromValue(CelValue value) => value.Kind switch
    {
        CelKind.Null => null,
        CelKind.Bool => JsonValue.Create(value.AsBool),
        CelKind.Int => JsonValue.Create(value.AsInt),
        CelKind.Double when double.IsFinite(value.AsDouble) => JsonValue.Create(value.AsDouble),
        CelKind.List => new JsonArray([.. value.AsList!.Select(FromValue)]),
        CelKind.Map => new JsonObject(value.AsMap!.Select(entry => KeyValuePair.Create(CelFormat.Text(entry.Key), FromValue(entry.Value)))),
        _ => JsonValue.Create(CelFormat.Text(value)),
    };
}
