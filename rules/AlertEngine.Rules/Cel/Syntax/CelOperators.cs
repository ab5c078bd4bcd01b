namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>The names that langdef.md gives to operators as functions, and how people know them.</summary>
internal static class CelOperators
{
    internal const string Conditional = "_?_:_";
    internal const string Not = "!_";
    internal const string Negate = "-_";
    internal const string Equal = "_==_";
    internal const string NotEqual = "_!=_";
    internal const string Less = "_<_";
    internal const string LessOrEqual = "_<=_";
    internal const string Greater = "_>_";
    internal const string GreaterOrEqual = "_>=_";
    internal const string Add = "_+_";
    internal const string Subtract = "_-_";
    internal const string Multiply = "_*_";
    internal const string Divide = "_/_";
    internal const string Modulo = "_%_";
    internal const string In = "@in";
    internal const string Index = "_[_]";
    internal const string OptionalIndex = "_[?_]";

    internal static string? Relation(CelTokenKind kind) => kind switch
    {
        CelTokenKind.Equal => Equal,
        CelTokenKind.NotEqual => NotEqual,
        CelTokenKind.Less => Less,
        CelTokenKind.LessOrEqual => LessOrEqual,
        CelTokenKind.Greater => Greater,
        CelTokenKind.GreaterOrEqual => GreaterOrEqual,
        CelTokenKind.In => In,
        _ => null,
    };

    internal static string? Sum(CelTokenKind kind) => kind switch { CelTokenKind.Plus => Add, CelTokenKind.Minus => Subtract, _ => null };

    internal static string? Product(CelTokenKind kind) => kind switch
    {
        CelTokenKind.Star => Multiply,
        CelTokenKind.Slash => Divide,
        CelTokenKind.Percent => Modulo,
        _ => null,
    };

    /// <summary>The operator as it is written, or the function's own name.</summary>
    internal static string Written(string function) => function switch
    {
        In => "in",
        Index or OptionalIndex => "[]",
        Conditional => "?:",
        Not => "!",
        Negate => "-",
        _ when function.Length > 2 && function[0] == '_' && function[^1] == '_' => function[1..^1],
        _ => function,
    };
}
