using System.Collections.Frozen;
using System.Text.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Writes the <c>data</c> of a test's event as the JSON that an integrator would send. A plain scalar is what YAML 1.2 says it is, unless the
/// event type declares a text there: a plate 12345 needs no quotes.
/// </summary>
internal sealed class TestData
{
    private readonly FrozenSet<string> _textPaths;

    public TestData(EventLayout? layout) =>
        _textPaths = (layout?.Fields ?? [])
            .Where(field => field.Field.Type == CelType.String || field.Field.Type == CelType.Timestamp || field.Field.Type == CelType.Duration)
            .Select(field => string.Concat(field.Path.Select(part => "/" + part)))
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Writes an object with the entries, and the members that stand beside <c>data</c> in a test file.</summary>
    public void Write(Utf8JsonWriter json, YamlMapping? data, GeoPoint? geo, EventStatus status)
    {
        json.WriteStartObject();
        if (data is not null)
            WriteEntries(json, data, "");
        if (geo is not null && data?.Find("location") is null)
            Alerts.JsonText.WriteLocation(json, geo);
        if (status != EventStatus.Actual && data?.Find("status") is null)
            json.WriteString("status", Alerts.Words.Of(status));
        json.WriteEndObject();
    }

    private void WriteEntries(Utf8JsonWriter json, YamlMapping mapping, string path)
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            json.WritePropertyName(entry.Key.Value);
            WriteNode(json, entry.Value, $"{path}/{entry.Key.Value}");
        }
    }

    private void WriteNode(Utf8JsonWriter json, YamlNode node, string path)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                WriteEntries(json, mapping, path);
                json.WriteEndObject();
                break;
            case YamlSequence sequence:
                json.WriteStartArray();
                for (int i = 0; i < sequence.Items.Length; i++)
                    WriteNode(json, sequence.Items[i], $"{path}/{i}");
                json.WriteEndArray();
                break;
            case YamlScalar scalar:
                WriteScalar(json, scalar, path);
                break;
        }
    }

    private void WriteScalar(Utf8JsonWriter json, YamlScalar scalar, string path)
    {
        if (scalar.IsNull)
            json.WriteNullValue();
        else if (_textPaths.Contains(path))
            json.WriteStringValue(scalar.Value);
        else if (CoreSchema.Bool(scalar) is { } boolean)
            json.WriteBooleanValue(boolean);
        else if (CoreSchema.Integer(scalar) is { } integer)
            json.WriteNumberValue(integer);
        else if (CoreSchema.Number(scalar) is { } number)
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(scalar.Value);
    }
}
