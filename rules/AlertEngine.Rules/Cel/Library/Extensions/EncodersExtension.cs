namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>The encoders extension: base 64, padded or not.</summary>
internal static class EncodersExtension
{
    internal static IEnumerable<CelFunctionDeclaration> Functions()
    {
        yield return new("base64.encode", CelOverload.Function(CelType.Bytes, CelType.String, value => CelValue.Of(Convert.ToBase64String(value.AsBytes!.Span))));
        yield return new("base64.decode", CelOverload.Function(CelType.String, CelType.Bytes, Decode));
    }

    private static CelValue Decode(CelValue value)
    {
        var text = value.AsString!;
        var padded = text.Contains('=') ? text : text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return !padded.Any(char.IsWhiteSpace) && Convert.TryFromBase64String(padded, bytes, out var length)
            ? CelValue.Bytes(bytes.AsSpan(0, length))
            : CelErrors.BadArgument("not base 64", "不是有效的 base64");
    }
}
