namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>
/// Cuts a source into tokens. Full-width punctuation of an input method is recognised and named, with the ASCII character to write
/// instead: it is the commonest slip in rule files.
/// </summary>
internal sealed class CelLexer
{
    private readonly string _source;
    private readonly List<CelToken> _tokens;
    private int _at;

    private CelLexer(string source)
    {
        _source = source;
        _tokens = new List<CelToken>((source.Length / 3) + 4);
    }

    /// <summary>All tokens, the last of kind <see cref="CelTokenKind.End"/>.</summary>
    /// <exception cref="CelRefusal">The source has a character or literal that cannot be read.</exception>
    internal static List<CelToken> Read(string source)
    {
        var lexer = new CelLexer(source);
        while (lexer.SkipBlanks())
            lexer._tokens.Add(lexer.Next());
        lexer._tokens.Add(new CelToken(CelTokenKind.End, new CelSpan(source.Length, 0)));
        return lexer._tokens;
    }

    private char Current => Ahead(0);

    private char Ahead(int by) => _at + by < _source.Length ? _source[_at + by] : '\0';

    private bool SkipBlanks()
    {
        while (_at < _source.Length)
        {
            if (_source[_at] is ' ' or '\t' or '\n' or '\r' or '\f')
                _at++;
            else if (_source[_at] == '/' && Ahead(1) == '/')
                _at = _source.IndexOf('\n', _at) is var end && end < 0 ? _source.Length : end;
            else
                return true;
        }
        return false;
    }

    private CelToken Next()
    {
        var c = Current;
        if (CelStringLiteral.StartsAt(_source, _at))
            return Literal();
        if (IsNameStart(c))
            return Name();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Ahead(1))))
            return CelNumberLiteral.Read(_source, ref _at);
        if (c == '`')
            return QuotedName();
        return Punctuation(c);
    }

    private CelToken Literal()
    {
        var start = _at;
        var content = CelStringLiteral.Read(_source, ref _at);
        return new CelToken(content is string ? CelTokenKind.String : CelTokenKind.Bytes, new CelSpan(start, _at - start), content);
    }

    private CelToken Name()
    {
        var start = _at;
        while (IsNameStart(Current) || char.IsAsciiDigit(Current))
            _at++;
        var span = new CelSpan(start, _at - start);
        return _source.AsSpan(start, span.Length) switch
        {
            "true" => new CelToken(CelTokenKind.True, span, "true"),
            "false" => new CelToken(CelTokenKind.False, span, "false"),
            "null" => new CelToken(CelTokenKind.Null, span, "null"),
            "in" => new CelToken(CelTokenKind.In, span, "in"),
            var name => new CelToken(CelTokenKind.Identifier, span, name.ToString()),
        };
    }

    private CelToken QuotedName()
    {
        var start = _at++;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '.' or '-' or '/' or ' ')
            _at++;
        var span = new CelSpan(start, Math.Min(_at + 1, _source.Length) - start);
        if (Current != '`' || span.Length < 3)
            throw new CelRefusal(CelCodes.BadLiteral.At(span, "a back-quoted field name has no end", "反引号字段名没有结束"));
        _at++;
        return new CelToken(CelTokenKind.QuotedIdentifier, span, _source.Substring(start + 1, span.Length - 2));
    }

    private CelToken Punctuation(char c)
    {
        var (kind, length) = Operator(c, Ahead(1));
        if (length == 0)
            throw CelCharacters.Refuse(_source, _at);
        var span = new CelSpan(_at, length);
        _at += length;
        return new CelToken(kind, span);
    }

    private static (CelTokenKind Kind, int Length) Operator(char c, char next) => (c, next) switch
    {
        ('&', '&') => (CelTokenKind.And, 2),
        ('|', '|') => (CelTokenKind.Or, 2),
        ('=', '=') => (CelTokenKind.Equal, 2),
        ('!', '=') => (CelTokenKind.NotEqual, 2),
        ('<', '=') => (CelTokenKind.LessOrEqual, 2),
        ('>', '=') => (CelTokenKind.GreaterOrEqual, 2),
        ('<', _) => (CelTokenKind.Less, 1),
        ('>', _) => (CelTokenKind.Greater, 1),
        ('!', _) => (CelTokenKind.Not, 1),
        ('.', _) => (CelTokenKind.Dot, 1),
        (',', _) => (CelTokenKind.Comma, 1),
        (':', _) => (CelTokenKind.Colon, 1),
        ('?', _) => (CelTokenKind.Question, 1),
        ('(', _) => (CelTokenKind.LeftParen, 1),
        (')', _) => (CelTokenKind.RightParen, 1),
        ('[', _) => (CelTokenKind.LeftBracket, 1),
        (']', _) => (CelTokenKind.RightBracket, 1),
        ('{', _) => (CelTokenKind.LeftBrace, 1),
        ('}', _) => (CelTokenKind.RightBrace, 1),
        ('+', _) => (CelTokenKind.Plus, 1),
        ('-', _) => (CelTokenKind.Minus, 1),
        ('*', _) => (CelTokenKind.Star, 1),
        ('/', _) => (CelTokenKind.Slash, 1),
        ('%', _) => (CelTokenKind.Percent, 1),
        _ => (CelTokenKind.End, 0),
    };

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
