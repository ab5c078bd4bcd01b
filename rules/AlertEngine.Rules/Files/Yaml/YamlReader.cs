using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// Reads one YAML 1.2 document into nodes that know their places. The dialect is a strict part of YAML: no aliases, anchors or tags (a
/// 300-byte alias bomb becomes 20 MB), no duplicate keys, no keys but scalars, one document a file, and limits on everything. It works on
/// parser events and stops at the first fault, so nothing hostile is ever built in memory.
/// </summary>
public sealed class YamlReader
{
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly YamlLimits _limits;
    private readonly Parser _parser;
    private int _nodes;
    private int _depth;
    private int _flowDepth;
    private int _lastOffset;

    private YamlReader(SourceText source, DiagnosticBag diagnostics, YamlLimits limits)
    {
        _source = source;
        _diagnostics = diagnostics;
        _limits = limits;
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>The root node, or null where the file has a fault, which is then in <paramref name="diagnostics"/>.</summary>
    public static YamlNode? Read(SourceText source, DiagnosticBag diagnostics, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        if (source.Text.Length > limits.LengthChars)
        {
            diagnostics.Report(FileCodes.TooLong, source, default, $"the file has {source.Text.Length} characters, {limits.LengthChars} are allowed");
            return null;
        }

        if (ForbiddenCharacter(source.Text) is >= 0 and var offset)
        {
            diagnostics.Report(FileCodes.BadCharacter, source, new TextSpan(offset, 1), $"the character U+{(int)source.Text[offset]:X4} is not allowed in YAML");
            return null;
        }

        return new YamlReader(source, diagnostics, limits).ReadDocument();
    }

    private static int ForbiddenCharacter(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' ? c is not ('\n' or '\t') : c is '\u007f' or '\ufffe' or '\uffff' or '\u2028' or '\u2029' or (>= '\u0080' and < '\u00a0'))
                return i;
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                return Math.Min(i, text.Length - 1);
        }

        return -1;
    }

    private YamlNode? ReadDocument()
    {
        try
        {
            return ReadRoot();
        }
        catch (YamlException fault)
        {
            ReportSyntax(fault);
            return null;
        }
        catch (YamlRefusal)
        {
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The scanner gives up on some malformed texts without saying where.
            _diagnostics.Report(FileCodes.Syntax, _source, new TextSpan(_lastOffset, 1), _flowDepth > 0 ? "a bracket or brace that opens before this is never closed" : "the YAML is not well formed behind this");
            return null;
        }
    }

    private YamlNode? ReadRoot()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
            throw Refuse(FileCodes.Empty, default, "the file is empty");
        Next<DocumentStart>();
        YamlNode root = ReadNode();
        Next<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
            throw Refuse(FileCodes.SecondDocument, SpanOf(second), "a second document begins here; one document a file");
        return root;
    }

    private YamlNode ReadNode()
    {
        if (++_nodes > _limits.Nodes)
            throw Refuse(FileCodes.TooManyNodes, SpanOf(_parser.Current!), $"more than {_limits.Nodes} values in one file");
        switch (_parser.Current)
        {
            case AnchorAlias alias:
                throw Refuse(FileCodes.Alias, SpanOf(alias), $"the alias *{alias.Value.Value}; write the value out");
            case NodeEvent node when !node.Anchor.IsEmpty:
                throw Refuse(FileCodes.Alias, SpanOf(node), $"the anchor &{node.Anchor.Value}; write the value out where it is needed");
            case NodeEvent node when !node.Tag.IsEmpty:
                throw Refuse(FileCodes.Tag, SpanOf(node), "a tag; types are decided by the key");
            case Scalar scalar:
                Advance();
                return new YamlScalar(scalar.Value, StyleOf(scalar.Style), SpanOf(scalar));
            case SequenceStart start:
                return ReadSequence(start);
            default:
                return ReadMapping(Expect<MappingStart>());
        }
    }

    private YamlSequence ReadSequence(SequenceStart start)
    {
        bool isFlow = start.Style == SequenceStyle.Flow;
        Enter(start, isFlow);
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        while (_parser.Current is not SequenceEnd)
            items.Add(ReadNode());
        TextSpan span = SpanTo(start, isFlow);
        Leave(isFlow);
        return new YamlSequence(items.DrainToImmutable(), isFlow, span);
    }

    private YamlMapping ReadMapping(MappingStart start)
    {
        bool isFlow = start.Style == MappingStyle.Flow;
        Enter(start, isFlow);
        ImmutableArray<YamlEntry>.Builder entries = ImmutableArray.CreateBuilder<YamlEntry>();
        HashSet<string> keys = new(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            if (_parser.Current is not (Scalar or AnchorAlias))
                throw Refuse(FileCodes.ComplexKey, SpanOf(_parser.Current!), "a key must be a plain word");
            YamlScalar key = (YamlScalar)ReadNode();
            if (!keys.Add(key.Value))
                throw Refuse(FileCodes.DuplicateKey, key.Span, $"the key '{key.Value}' stands twice in one mapping");
            entries.Add(new YamlEntry(key, ReadNode()));
        }

        TextSpan span = SpanTo(start, isFlow);
        Leave(isFlow);
        return new YamlMapping(entries.DrainToImmutable(), isFlow, span);
    }

    private void Enter(ParsingEvent start, bool isFlow)
    {
        if (++_depth > _limits.Depth)
            throw Refuse(FileCodes.TooDeep, SpanOf(start), $"nested more than {_limits.Depth} levels deep");
        _flowDepth += isFlow ? 1 : 0;
        Advance();
    }

    private void Leave(bool isFlow)
    {
        _depth--;
        _flowDepth -= isFlow ? 1 : 0;
        Advance();
    }

    private void Advance()
    {
        _lastOffset = (int)_parser.Current!.End.Index;
        _parser.MoveNext();
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
            _parser.MoveNext();
        Expect<T>();
        _parser.MoveNext();
    }

    private T Expect<T>()
        where T : ParsingEvent =>
        _parser.Current as T ?? throw Refuse(FileCodes.Syntax, SpanOf(_parser.Current!), "the YAML is not well formed here");

    // The parser reports the end of a flow collection before its bracket, that of a block where the next thing begins.
    private TextSpan SpanTo(ParsingEvent start, bool isFlow)
    {
        int until = isFlow ? (int)_parser.Current!.End.Index + 1 : _lastOffset;
        return TextSpan.Between((int)start.Start.Index, Math.Min(until, _source.Text.Length));
    }

    private static TextSpan SpanOf(ParsingEvent e) => TextSpan.Between((int)e.Start.Index, (int)e.End.Index);

    private static YamlStyle StyleOf(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => YamlStyle.SingleQuoted,
        ScalarStyle.DoubleQuoted => YamlStyle.DoubleQuoted,
        ScalarStyle.Literal => YamlStyle.Literal,
        ScalarStyle.Folded => YamlStyle.Folded,
        _ => YamlStyle.Plain,
    };

    private void ReportSyntax(YamlException fault)
    {
        int offset = YamlFault.OffsetOf(fault, _source);
        UnquotedExpression.Finding? finding = UnquotedExpression.NearFault(_source, offset, _flowDepth > 0);
        if (finding is { } found)
            _diagnostics.Report(FileCodes.UnquotedExpression, _source, found.Span, "this looks like an expression that YAML takes apart", UnquotedExpression.Fix);
        else
            _diagnostics.Report(FileCodes.Syntax, _source, new TextSpan(offset, 1), YamlFault.Describe(fault));
    }

    private YamlRefusal Refuse(DiagnosticCode code, TextSpan span, string messageEn)
    {
        _diagnostics.Report(code, _source, span, messageEn);
        return new YamlRefusal();
    }

    // Unwinds from the first fault; it never leaves this class.
    private sealed class YamlRefusal : Exception;
}
