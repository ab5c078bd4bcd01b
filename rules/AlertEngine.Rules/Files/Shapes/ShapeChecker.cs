using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>
/// Reports where a document strays from its shape. What passes can be read without questions; what does not reads as absent, so that one
/// slip gives one message.
/// </summary>
internal sealed class ShapeChecker(SourceText source, DiagnosticBag diagnostics)
{
    public void Check(Shape shape, YamlNode node)
    {
        if (node is YamlScalar { IsNull: true } && shape is not AnyShape)
            diagnostics.Report(FileCodes.MissingValue, source, node.Span, "nothing stands behind the key");
        else
            CheckValue(shape, node);
    }

    private void CheckValue(Shape shape, YamlNode node)
    {
        switch (shape)
        {
            case MappingShape mapping:
                CheckMapping(mapping, node);
                break;
            case MapShape map:
                CheckMap(map, node);
                break;
            case ModesShape modes:
                CheckModes(modes, node);
                break;
            case ListShape list:
                CheckList(list, node);
                break;
            case EitherShape either:
                CheckValue(node is YamlMapping ? either.Mapping : either.Scalar, node);
                break;
            case LocalTextShape:
                CheckLocalText(node);
                break;
            case AnyShape:
                break;
            default:
                CheckScalar(shape, node);
                break;
        }
    }

    private static readonly MappingShape LocalTextParts = Vocabulary.Mapping(
        "a text", Vocabulary.May("zh", Vocabulary.Text, "中文", "Chinese"), Vocabulary.May("en", Vocabulary.Text, "英文", "English"));

    private void CheckLocalText(YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            CheckValue(Vocabulary.Text, node);
            return;
        }

        foreach (YamlEntry entry in mapping.Entries)
        {
            if (mapping.IsLocalPiece(entry))
                diagnostics.Report(FileCodes.UnquotedText, source, entry.Key.Span, $"'{entry.Key.Value}' is read as a part of the text before the comma", ("给文本加引号", "quote the text"));
            else if (LocalTextParts.Find(entry.Key.Value) is { } key)
                CheckEntry(key, entry);
            else
                ReportUnknown(LocalTextParts, mapping, entry);
        }
    }

    private void CheckMapping(MappingShape shape, YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            WrongKind(node, "a mapping");
            return;
        }

        bool hasUnknown = ReportTorn(shape, mapping);
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (shape.Find(entry.Key.Value) is { } key)
                CheckEntry(key, entry);
            else
                hasUnknown |= ReportUnknown(shape, mapping, entry);
        }

        CheckPresence(shape, mapping, hasUnknown);
    }

    private void CheckEntry(KeyShape key, YamlEntry entry)
    {
        if (entry.Value is YamlScalar { IsNull: true } && key.Value is not AnyShape)
            diagnostics.Report(FileCodes.MissingValue, source, entry.Key.Span, $"nothing stands behind '{key.Name}:'");
        else
            CheckValue(key.Value, entry.Value);
    }

    // An expression with commas in braces: its first part is the value of a key, the others are keys without values. One message covers them.
    private bool ReportTorn(MappingShape shape, YamlMapping mapping)
    {
        for (int i = 1; mapping.IsFlow && i < mapping.Entries.Length; i++)
        {
            if (!IsPiece(shape, mapping.Entries[i]) || mapping.Entries[i - 1].Value is not YamlScalar { Style: YamlStyle.Plain } first || !UnquotedExpression.LooksLikePart(first.Value))
                continue;
            YamlEntry last = mapping.Entries.Skip(i).TakeWhile(entry => IsPiece(shape, entry)).Last();
            diagnostics.ReportCovering(FileCodes.UnquotedExpression, source, TextSpan.Between(first.Span.Start, last.Key.Span.Until), "this looks like an expression that YAML takes apart at its commas", UnquotedExpression.Fix);
            return true;
        }

        return false;
    }

    private static bool IsPiece(MappingShape shape, YamlEntry entry) => entry.Value is YamlScalar { Value: "", Style: YamlStyle.Plain } && shape.Find(entry.Key.Value) is null;

    private bool ReportUnknown(MappingShape shape, YamlMapping mapping, YamlEntry entry)
    {
        string key = entry.Key.Value;
        string? near = Suggestion.Nearest(key, shape.Keys.Select(known => known.Name).Where(known => mapping.Find(known) is null));
        diagnostics.Report(FileCodes.UnknownKey, source, entry.Key.Span, $"unknown key '{key}' in {shape.Name}", near is null ? ("可用的键：" + KeysOf(shape), "known are " + KeysOf(shape)) : DidYouMean(near), near);
        return true;
    }

    // A misspelt key is most likely the one that is missing: told once.
    private void CheckPresence(MappingShape shape, YamlMapping mapping, bool hasUnknown)
    {
        if (shape.IsChoice)
            CheckChoice(shape, mapping, hasUnknown);
        string[] missing = [.. shape.Keys.Where(key => key.IsRequired && mapping.Find(key.Name) is null && !IsMisspelt(key.Name, shape, mapping)).Select(key => $"'{key.Name}'")];
        if (missing.Length > 0)
            diagnostics.Report(FileCodes.MissingKey, source, HeadOf(mapping), $"{shape.Name} needs {string.Join(", ", missing)}");
    }

    private static bool IsMisspelt(string name, MappingShape shape, YamlMapping mapping) =>
        mapping.Entries.Any(entry => shape.Find(entry.Key.Value) is null && Suggestion.Nearest(entry.Key.Value, [name]) is not null);

    private void CheckChoice(MappingShape shape, YamlMapping mapping, bool hasUnknown)
    {
        int given = mapping.Entries.Count(entry => shape.Find(entry.Key.Value) is not null);
        if (given == 1 || (given == 0 && hasUnknown))
            return;
        TextSpan span = given == 0 ? HeadOf(mapping) : mapping.Entries.Where(entry => shape.Find(entry.Key.Value) is not null).ElementAt(1).Key.Span;
        diagnostics.Report(FileCodes.NotOne, source, span, $"{shape.Name} takes exactly one of {KeysOf(shape)}");
    }

    private void CheckMap(MapShape shape, YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            WrongKind(node, "a mapping");
            return;
        }

        foreach (YamlEntry entry in mapping.Entries)
        {
            if (ScalarForms.Fault(shape.KeyKind, entry.Key.Value) is { } fault)
                diagnostics.Report(fault.Code, source, entry.Key.Span, $"'{entry.Key.Value}' is no name of {shape.Name}; {fault.Wanted}");
            Check(shape.Value, entry.Value);
        }
    }

    private void CheckModes(ModesShape shape, YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            WrongKind(node, "a mapping");
            return;
        }

        foreach (YamlEntry entry in mapping.Entries)
            Check(entry.Key.Value == "default" ? Vocabulary.Text : shape.Mode, entry.Value);
    }

    private void CheckList(ListShape shape, YamlNode node)
    {
        if (node is not YamlSequence sequence)
        {
            if (shape.AllowsSingle)
                Check(shape.Item, node);
            else
                WrongKind(node, "a list");
            return;
        }

        if (sequence.Items.Length < shape.Least)
            diagnostics.Report(FileCodes.BadListSize, source, sequence.Span, $"{sequence.Items.Length} items; at least {shape.Least} are needed");
        else if (sequence.Items.Length > shape.Most)
            diagnostics.Report(FileCodes.BadListSize, source, sequence.Span, $"{sequence.Items.Length} items; at most {shape.Most} are allowed");
        foreach (YamlNode item in sequence.Items)
            Check(shape.Item, item);
    }

    private void CheckScalar(Shape shape, YamlNode node)
    {
        if (node is not YamlScalar scalar)
        {
            bool isTaken = node is YamlMapping { IsFlow: true } && shape is TextShape { Kind: TextKind.Expression };
            WrongKind(node, shape is TextShape { Kind: TextKind.Expression } ? "an expression" : "a single value", isTaken ? UnquotedExpression.Fix : null);
            return;
        }

        if (ScalarForms.Fault(shape, scalar) is { } fault)
            diagnostics.Report(fault.Code, source, scalar.Span, fault.Wanted, fault.Near is null ? null : DidYouMean(fault.Near), fault.Near);
    }

    private void WrongKind(YamlNode node, string wanted, (string Zh, string En)? fix = null)
    {
        string found = node switch { YamlMapping => "a mapping", YamlSequence => "a list", _ => "a single value" };
        diagnostics.Report(FileCodes.WrongKind, source, HeadOf(node), $"{wanted} is expected here, not {found}", fix);
    }

    internal static (string Zh, string En) DidYouMean(string near) => ($"是否想写“{near}”？", $"did you mean '{near}'?");

    private static string KeysOf(MappingShape shape) => string.Join(", ", shape.Keys.Select(key => key.Name));

    // A whole block would be underlined from its first to its last line; its first word is enough.
    internal static TextSpan HeadOf(YamlNode node) => node switch
    {
        YamlMapping { IsFlow: false, Entries: [var first, ..] } => first.Key.Span,
        YamlSequence { IsFlow: false, Items: [var first, ..] } => HeadOf(first),
        _ => node.Span,
    };
}
