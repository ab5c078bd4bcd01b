using System.Text.Json;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Engine.Alerts;

/// <summary>Writes values of the rule language as JSON members of messages.</summary>
internal static class CelJson
{
    /// <summary>One member; null where the value is missing or an error.</summary>
    public static void WriteMember(Utf8JsonWriter json, string name, CelValue value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    private static void Write(Utf8JsonWriter json, CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.Bool:
                json.WriteBooleanValue(value.AsBool);
                break;
            case CelKind.Int:
                json.WriteNumberValue(value.AsInt);
                break;
            case CelKind.Double when double.IsFinite(value.AsDouble):
                json.WriteNumberValue(value.AsDouble);
                break;
            case CelKind.Missing or CelKind.Null or CelKind.Error:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(CelFormat.Text(value));
                break;
        }
    }
}
