namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>The kinds of tokens.</summary>
internal enum CelTokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    True,
    False,
    Null,
    In,
    Dot,
    Comma,
    Colon,
    Question,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Not,
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>One token: its kind, its place, and the text of a name or the decoded value of a text or bytes literal.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, CelSpan Span, object? Content = null);
