using System.Collections.Frozen;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>The words that langdef.md keeps for languages around CEL. They may be fields and member functions, not names.</summary>
internal static class CelReserved
{
    internal static readonly FrozenSet<string> Words = new[]
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    }.ToFrozenSet(StringComparer.Ordinal);
}
