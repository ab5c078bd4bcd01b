using System.Runtime.CompilerServices;

namespace AlertEngine.Simulation.Checks;

/// <summary>
/// What is wrong where a demand is not met. Made into text only then: demands are met millions of times, and some of their texts hold whole
/// documents.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct Otherwise
{
    private readonly System.Text.StringBuilder? _text;

    public Otherwise(int literalLength, int formattedCount, bool isSo, out bool isWanted)
    {
        isWanted = !isSo;
        _text = isSo ? null : new System.Text.StringBuilder(literalLength + (formattedCount * 8));
    }

    public void AppendLiteral(string literal) => _text!.Append(literal);

    public void AppendFormatted<T>(T value) => _text!.Append(System.Globalization.CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => _text?.ToString() ?? "";
}
