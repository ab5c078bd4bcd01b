using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>
/// A recursive-descent parser of langdef.md's grammar, top-down below. Recursion is counted, so that a source nested 100,000 deep is
/// refused where it passes the limit.
/// </summary>
internal sealed partial class CelParser
{
    private readonly List<CelToken> _tokens;
    private readonly CelLimits _limits;
    private readonly bool _macros;
    private int _at;
    private int _depth;

    private CelParser(List<CelToken> tokens, CelLimits limits, bool macros)
    {
        _tokens = tokens;
        _limits = limits;
        _macros = macros;
    }

    /// <summary>The tree of a source.</summary>
    /// <exception cref="CelRefusal">The source is no expression, or beyond the limits.</exception>
    internal static CelSyntax Parse(string source, CelLimits limits, bool macros = true)
    {
        if (source.Length > limits.SourceLength)
        {
            throw new CelRefusal(CelCodes.SourceTooLong.At(new CelSpan(limits.SourceLength, 0),
                $"the expression has {source.Length} characters, the limit is {limits.SourceLength}", $"表达式有 {source.Length} 个字符，上限为 {limits.SourceLength}"));
        }
        var parser = new CelParser(CelLexer.Read(source), limits, macros);
        var tree = parser.Expression();
        if (parser.Current.Kind != CelTokenKind.End)
            throw parser.Unexpected("the end of the expression", "表达式结束");
        return tree;
    }

    private CelToken Current => _tokens[_at];

    // Expr = ConditionalOr ["?" ConditionalOr ":" Expr]
    private CelSyntax Expression()
    {
        if (++_depth > _limits.Depth)
            throw TooDeep(Current.Span);
        var condition = Or();
        if (Take(CelTokenKind.Question))
        {
            var then = Or();
            Expect(CelTokenKind.Colon, "':'", "':'");
            var otherwise = Expression();
            condition = Call(condition.Span.To(otherwise.Span), CelOperators.Conditional, condition, then, otherwise);
        }
        _depth--;
        return condition;
    }

    private CelSyntax Or() => Logic(CelTokenKind.Or, false);

    // A chain of one operator becomes one flat node.
    private CelSyntax Logic(CelTokenKind separator, bool isAnd)
    {
        var first = isAnd ? Relation() : Logic(CelTokenKind.And, true);
        if (Current.Kind != separator)
            return first;
        var operands = ImmutableArray.CreateBuilder<CelSyntax>();
        operands.Add(first);
        while (Take(separator))
            operands.Add(isAnd ? Relation() : Logic(CelTokenKind.And, true));
        return Checked(new LogicSyntax(first.Span.To(operands[^1].Span), isAnd, operands.DrainToImmutable()));
    }

    private CelSyntax Relation()
    {
        var left = Addition();
        while (CelOperators.Relation(Current.Kind) is { } function)
            left = Binary(left, function, Addition);
        return left;
    }

    private CelSyntax Addition()
    {
        var left = Multiplication();
        while (CelOperators.Sum(Current.Kind) is { } function)
            left = Binary(left, function, Multiplication);
        return left;
    }

    private CelSyntax Multiplication()
    {
        var left = Unary();
        while (CelOperators.Product(Current.Kind) is { } function)
            left = Binary(left, function, Unary);
        return left;
    }

    private CelSyntax Binary(CelSyntax left, string function, Func<CelSyntax> next)
    {
        var sign = _tokens[_at++].Span;
        var right = next();
        return Checked(new CallSyntax(left.Span.To(right.Span), function, sign, null, [left, right]));
    }

    private CelSyntax Unary()
    {
        var sign = Current;
        if (sign.Kind is not (CelTokenKind.Not or CelTokenKind.Minus))
            return Member();
        if (sign.Kind == CelTokenKind.Minus && _tokens[_at + 1].Kind is CelTokenKind.Int or CelTokenKind.Double)
            return Member();
        if (++_depth > _limits.Depth)
            throw TooDeep(sign.Span);
        _at++;
        var operand = Unary();
        _depth--;
        return Checked(new CallSyntax(sign.Span.To(operand.Span), sign.Kind == CelTokenKind.Not ? CelOperators.Not : CelOperators.Negate, sign.Span, null, [operand]));
    }

    // Member = Primary { "." name ["(" arguments ")"] | ".?" name | "[" ["?"] Expr "]" }
    private CelSyntax Member()
    {
        var operand = Primary();
        while (true)
        {
            if (Current.Kind == CelTokenKind.Dot)
                operand = AfterDot(operand);
            else if (Current.Kind == CelTokenKind.LeftBracket)
                operand = Indexed(operand);
            else if (Current.Kind == CelTokenKind.LeftBrace)
                throw new CelRefusal(CelCodes.Message.At(Current.Span, "protobuf messages are not part of this language", "不支持 protobuf 消息"));
            else
                return operand;
        }
    }

    private CelSyntax AfterDot(CelSyntax operand)
    {
        _at++;
        var isOptional = Take(CelTokenKind.Question);
        var name = Current;
        if (name.Kind is not (CelTokenKind.Identifier or CelTokenKind.QuotedIdentifier or CelTokenKind.In))
            throw Unexpected("a field name", "字段名");
        _at++;
        if (!isOptional && name.Kind == CelTokenKind.Identifier && Current.Kind == CelTokenKind.LeftParen)
            return MemberCall(operand, name);
        var isQuoted = name.Kind == CelTokenKind.QuotedIdentifier;
        return Checked(new SelectSyntax(operand.Span.To(name.Span), operand, (string)name.Content!, name.Span, isQuoted, isOptional, false));
    }

    private CelSyntax MemberCall(CelSyntax target, CelToken name)
    {
        var arguments = Arguments(out var end);
        var call = new CallSyntax(target.Span.To(end), (string)name.Content!, name.Span, target, arguments);
        return Checked(_macros ? CelMacros.Expand(call) : call);
    }

    private CelSyntax Indexed(CelSyntax operand)
    {
        var open = _tokens[_at++].Span;
        var isOptional = Take(CelTokenKind.Question);
        var index = Expression();
        var close = Expect(CelTokenKind.RightBracket, "']'", "']'");
        return Checked(new CallSyntax(operand.Span.To(close), isOptional ? CelOperators.OptionalIndex : CelOperators.Index, open, null, [operand, index]));
    }

    private ImmutableArray<CelSyntax> Arguments(out CelSpan end)
    {
        Expect(CelTokenKind.LeftParen, "'('", "'('");
        if (Current.Kind == CelTokenKind.RightParen)
        {
            end = _tokens[_at++].Span;
            return [];
        }
        var arguments = ImmutableArray.CreateBuilder<CelSyntax>();
        do
            arguments.Add(Expression());
        while (Take(CelTokenKind.Comma));
        end = Expect(CelTokenKind.RightParen, "',' or ')'", "',' 或 ')'");
        return arguments.DrainToImmutable();
    }

    private CelSyntax Call(CelSpan span, string function, params ImmutableArray<CelSyntax> arguments) =>
        Checked(new CallSyntax(span, function, span, null, arguments));

    private CelSyntax Checked(CelSyntax node) => node.Depth > _limits.Depth ? throw TooDeep(node.Span) : node;

    private bool Take(CelTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        _at++;
        return true;
    }

    private CelSpan Expect(CelTokenKind kind, string en, string zh)
    {
        var token = Current;
        return Take(kind) ? token.Span : throw Unexpected(en, zh);
    }

    private CelRefusal TooDeep(CelSpan span) => new(CelCodes.TooDeep.At(span, $"nested deeper than {_limits.Depth}", $"嵌套超过 {_limits.Depth} 层"));

    private CelRefusal Unexpected(string en, string zh)
    {
        var met = Current;
        var (metEn, metZh) = met.Kind == CelTokenKind.End ? ("the end", "结尾") : ("something else", "其他内容");
        return new CelRefusal(CelCodes.Unexpected.At(met.Span, $"expected {en}, found {metEn}", $"此处应为{zh}，却是{metZh}"));
    }
}
