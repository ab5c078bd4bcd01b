using System.Text;
using System.Text.Json;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;

namespace AlertEngine.Rules.Files.Schemas;

/// <summary>Prints a shape as a JSON Schema, with descriptions in both languages, defaults and examples.</summary>
internal sealed class SchemaWriter
{
    private readonly Utf8JsonWriter _json;

    private SchemaWriter(Utf8JsonWriter json) => _json = json;

    public static string Write(MappingShape file, string header)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonRenderer.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", $"alertengine {header}");
            new SchemaWriter(json).WriteShape(file);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    // Writes the members of an object that has been started.
    private void WriteShape(Shape shape)
    {
        switch (shape)
        {
            case MappingShape mapping:
                WriteMapping(mapping);
                break;
            case MapShape map:
                WriteMap(map);
                break;
            case ModesShape modes:
                WriteModes(modes);
                break;
            case ListShape list:
                WriteList(list);
                break;
            case EitherShape either:
                WriteEither(either.Scalar, either.Mapping);
                break;
            case LocalTextShape:
                WriteEither(Vocabulary.Text, Vocabulary.Mapping("", Vocabulary.May("zh", Vocabulary.Text, "中文", "Chinese"), Vocabulary.May("en", Vocabulary.Text, "英文", "English")));
                break;
            default:
                WriteScalar(shape);
                break;
        }
    }

    private void WriteMapping(MappingShape shape)
    {
        _json.WriteString("type", "object");
        if (shape.IsChoice)
        {
            _json.WriteNumber("minProperties", 1);
            _json.WriteNumber("maxProperties", 1);
        }

        _json.WriteStartObject("properties");
        foreach (KeyShape key in shape.Keys)
            WriteKey(key);
        _json.WriteEndObject();
        _json.WriteBoolean("additionalProperties", false);
        if (!shape.Keys.Any(key => key.IsRequired))
            return;
        _json.WriteStartArray("required");
        foreach (KeyShape key in shape.Keys.Where(key => key.IsRequired))
            _json.WriteStringValue(key.Name);
        _json.WriteEndArray();
    }

    private void WriteKey(KeyShape key)
    {
        _json.WriteStartObject(key.Name);
        string otherwise = key.Default is null ? "" : $" (default: {key.Default})";
        string example = key.Example is null ? "" : $" (example: {key.Example})";
        _json.WriteString("description", $"{key.Doc.Zh} / {key.Doc.En}{otherwise}{example}");
        if (key is { Default: "true" or "false", Value: BoolShape })
            _json.WriteBoolean("default", key.Default == "true");
        else if (key.Default is not null && key.Value is TextShape { Words.IsDefaultOrEmpty: false } text && text.Words.Contains(key.Default))
            _json.WriteString("default", key.Default);
        WriteShape(key.Value);
        _json.WriteEndObject();
    }

    private void WriteMap(MapShape shape)
    {
        _json.WriteString("type", "object");
        WriteNested("additionalProperties", shape.Value);
    }

    private void WriteModes(ModesShape shape)
    {
        _json.WriteString("type", "object");
        _json.WriteStartObject("properties");
        WriteNested("default", Vocabulary.Text);
        _json.WriteEndObject();
        WriteNested("additionalProperties", shape.Mode);
    }

    private void WriteList(ListShape shape)
    {
        if (!shape.AllowsSingle)
        {
            WriteArray(shape);
            return;
        }

        _json.WriteStartArray("anyOf");
        _json.WriteStartObject();
        WriteShape(shape.Item);
        _json.WriteEndObject();
        _json.WriteStartObject();
        WriteArray(shape);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteArray(ListShape shape)
    {
        _json.WriteString("type", "array");
        WriteNested("items", shape.Item);
        if (shape.Least > 0)
            _json.WriteNumber("minItems", shape.Least);
        if (shape.Most < int.MaxValue)
            _json.WriteNumber("maxItems", shape.Most);
    }

    private void WriteEither(Shape scalar, Shape mapping)
    {
        _json.WriteStartArray("anyOf");
        foreach (Shape shape in new[] { scalar, mapping })
        {
            _json.WriteStartObject();
            WriteShape(shape);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteNested(string name, Shape shape)
    {
        _json.WriteStartObject(name);
        WriteShape(shape);
        _json.WriteEndObject();
    }

    private void WriteScalar(Shape shape)
    {
        switch (shape)
        {
            case BoolShape:
                _json.WriteString("type", "boolean");
                break;
            case NumberShape number:
                WriteNumber(number);
                break;
            case TextShape { Words.IsDefaultOrEmpty: false } text:
                _json.WriteStartArray("enum");
                foreach (string word in text.Words)
                    _json.WriteStringValue(word);
                _json.WriteEndArray();
                break;
            case TextShape or OperandShape:
                WriteTypes(shape);
                break;
        }
    }

    // An unquoted 320106 is a number to YAML, and true is an expression too.
    private void WriteTypes(Shape shape)
    {
        _json.WriteStartArray("type");
        _json.WriteStringValue("string");
        _json.WriteStringValue("number");
        if (shape is TextShape { Kind: TextKind.Expression or TextKind.Any })
            _json.WriteStringValue("boolean");
        _json.WriteEndArray();
    }

    private void WriteNumber(NumberShape shape)
    {
        _json.WriteString("type", shape.IsInteger ? "integer" : "number");
        if (shape.Minimum is { } minimum)
            _json.WriteNumber("minimum", minimum);
        if (shape.Maximum is { } maximum)
            _json.WriteNumber("maximum", maximum);
    }
}
