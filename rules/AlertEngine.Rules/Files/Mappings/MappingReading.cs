using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>What the parts of the mapping loader share while a file is read. Not thread-safe.</summary>
internal sealed class MappingReading(SourceText source, YamlMapping root, DiagnosticBag diagnostics)
{
    /// <summary>Character sets in which a quote or a line feed may be part of another character cannot be cut into lines by bytes.</summary>
    private static readonly string[] Uncuttable = ["utf-16", "utf-16be", "utf-32", "utf-32be"];

    public YamlMapping Root { get; } = root;

    public CelEnvironment Environment { get; private set; } = CelEnvironment.Standard;

    public void Declare(string name, CelRecordType record) => Environment = Environment.Declare(name, CelType.Of(record));

    public void Report(DiagnosticCode code, YamlNode node, string messageEn) => diagnostics.Report(code, source, node.Span, messageEn);

    /// <summary>An expression; null where it is absent or wrong, which is reported.</summary>
    public CelExpression? Compile(YamlScalar? scalar, CelType? expected) => scalar is null ? null : CompilePart(scalar, 0, scalar.Value.Length, expected);

    /// <summary>An expression whose value an event can hold.</summary>
    public CelExpression? CompileValue(YamlScalar? scalar) => scalar is null ? null : CompileValue(scalar, 0, scalar.Value.Length);

    /// <summary>A part of a scalar as an expression whose value an event can hold.</summary>
    public CelExpression? CompileValue(YamlScalar scalar, int start, int length)
    {
        if (CompilePart(scalar, start, length, null) is not { } expression)
            return null;
        if (IsEventValue(expression.Type))
            return expression;
        Report(FileCodes.NotAnEventValue, scalar, $"the expression gives {expression.Type}");
        return null;
    }

    /// <summary>The character set of a block, checked.</summary>
    public string Charset(YamlMapping block)
    {
        if (block.Scalar("charset") is not { } scalar)
            return "utf-8";
        if (!IsKnown(scalar.Value) || Uncuttable.Contains(scalar.Value.ToLowerInvariant()))
            Report(FileCodes.UnknownCharset, scalar, $"'{scalar.Value}' is not a character set that can be read");
        return scalar.Value;
    }

    /// <summary>The zone of a block, or the file's; null where neither names one.</summary>
    public DateTimeZone? Zone(YamlMapping block)
    {
        if ((block.Scalar("zone") ?? Root.Scalar("zone")) is not { } scalar)
            return null;
        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(scalar.Value);
        if (zone is null)
            Report(FileCodes.UnknownZone, scalar, $"no time zone '{scalar.Value}'");
        return zone;
    }

    private CelExpression? CompilePart(YamlScalar scalar, int start, int length, CelType? expected)
    {
        CelCompilation compilation = Environment.Compile(scalar.Value.Substring(start, length), expected);
        foreach (CelDiagnostic finding in compilation.Diagnostics)
            diagnostics.Report(finding, source, ScalarMap.Locate(source, scalar, start + finding.Start, finding.Length));
        return compilation.Expression;
    }

    private static bool IsEventValue(CelType type) =>
        type == CelType.String || type == CelType.Double || type == CelType.Int || type == CelType.Uint || type == CelType.Bool || type == CelType.Timestamp || type == CelType.Dyn;

    private static bool IsKnown(string charset)
    {
        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset)) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
