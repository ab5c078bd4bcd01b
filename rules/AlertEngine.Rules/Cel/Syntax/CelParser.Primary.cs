using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Syntax;

/// <content>Literals, names, lists, maps and parentheses.</content>
internal sealed partial class CelParser
{
    private CelSyntax Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.LeftParen:
                return Parenthesised();
            case CelTokenKind.LeftBracket:
                return ListLiteral();
            case CelTokenKind.LeftBrace:
                return MapLiteral();
            case CelTokenKind.Dot:
            case CelTokenKind.Identifier:
                return NameOrCall();
            case CelTokenKind.Minus:
                return Negative();
            default:
                _at++;
                return Literal(token);
        }
    }

    private CelSyntax Parenthesised()
    {
        _at++;
        var inner = Expression();
        Expect(CelTokenKind.RightParen, "')'", "')'");
        return inner;
    }

    private CelSyntax Literal(CelToken token) => new LiteralSyntax(token.Span, token.Kind switch
    {
        CelTokenKind.Int => Signed(token, false, token.Span),
        CelTokenKind.Uint => CelValue.Of((ulong)token.Content!),
        CelTokenKind.Double => CelValue.Of((double)token.Content!),
        CelTokenKind.String => CelValue.Of((string)token.Content!),
        CelTokenKind.Bytes => CelValue.Of((CelBytes)token.Content!),
        CelTokenKind.True => CelValue.True,
        CelTokenKind.False => CelValue.False,
        CelTokenKind.Null => CelValue.Null,
        _ => throw NoOperand(),
    });

    private CelRefusal NoOperand()
    {
        _at--;
        return Unexpected("a value, a name or '('", "值、名称或 '('");
    }

    // A minus sign belongs to the literal: −9223372036854775808 is an int although its digits alone are not.
    private LiteralSyntax Negative()
    {
        var sign = _tokens[_at++];
        var number = _tokens[_at++];
        var span = sign.Span.To(number.Span);
        return new LiteralSyntax(span, number.Kind == CelTokenKind.Int ? Signed(number, true, span) : CelValue.Of(-(double)number.Content!));
    }

    private static CelValue Signed(CelToken number, bool isNegative, CelSpan span)
    {
        const ulong Lowest = 1UL << 63;
        var bits = (ulong)number.Content!;
        if (bits > (isNegative ? Lowest : Lowest - 1))
            throw new CelRefusal(CelCodes.BadLiteral.At(span, "the integer does not fit in 64 bits", "整数超出 64 位"));
        return CelValue.Of(unchecked(isNegative ? -(long)bits : (long)bits));
    }

    private CelSyntax NameOrCall()
    {
        var start = Current.Span;
        var isAbsolute = Take(CelTokenKind.Dot);
        var name = Current;
        if (name.Kind != CelTokenKind.Identifier)
            throw Unexpected("a name", "名称");
        _at++;
        var text = (string)name.Content!;
        if (CelReserved.Words.Contains(text))
            throw new CelRefusal(CelCodes.ReservedWord.At(name.Span, $"'{text}' is a reserved word", $"'{text}' 是保留字"));
        if (Current.Kind != CelTokenKind.LeftParen)
            return new NameSyntax(start.To(name.Span), text, isAbsolute);
        var arguments = Arguments(out var end);
        var call = new CallSyntax(start.To(end), text, name.Span, null, arguments, isAbsolute);
        return Checked(_macros ? CelMacros.Expand(call) : call);
    }

    private CelSyntax ListLiteral()
    {
        var open = _tokens[_at++].Span;
        var elements = ImmutableArray.CreateBuilder<CelSyntax>();
        var isOptional = ImmutableArray.CreateBuilder<bool>();
        while (Current.Kind != CelTokenKind.RightBracket)
        {
            isOptional.Add(Take(CelTokenKind.Question));
            elements.Add(Expression());
            if (!Take(CelTokenKind.Comma))
                break;
        }
        var close = Expect(CelTokenKind.RightBracket, "',' or ']'", "',' 或 ']'");
        return Checked(new ListSyntax(open.To(close), elements.DrainToImmutable(), isOptional.DrainToImmutable()));
    }

    private CelSyntax MapLiteral()
    {
        var open = _tokens[_at++].Span;
        var keys = ImmutableArray.CreateBuilder<CelSyntax>();
        var values = ImmutableArray.CreateBuilder<CelSyntax>();
        var isOptional = ImmutableArray.CreateBuilder<bool>();
        while (Current.Kind != CelTokenKind.RightBrace)
        {
            isOptional.Add(Take(CelTokenKind.Question));
            keys.Add(Expression());
            Expect(CelTokenKind.Colon, "':'", "':'");
            values.Add(Expression());
            if (!Take(CelTokenKind.Comma))
                break;
        }
        var close = Expect(CelTokenKind.RightBrace, "',' or '}'", "',' 或 '}'");
        return Checked(new MapSyntax(open.To(close), keys.DrainToImmutable(), values.DrainToImmutable(), isOptional.DrainToImmutable()));
    }
}
