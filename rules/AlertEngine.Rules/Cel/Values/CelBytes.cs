namespace AlertEngine.Rules.Cel;

/// <summary>A sequence of bytes, compared by content. Immutable.</summary>
public sealed class CelBytes : CelObject, IEquatable<CelBytes>
{
    private readonly byte[] _bytes;

    internal CelBytes(byte[] bytes)
        : base(CelKind.Bytes) => _bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>How many there are.</summary>
    public int Length => _bytes.Length;

    /// <inheritdoc />
    public bool Equals(CelBytes? other) => other is not null && Span.SequenceEqual(other.Span);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CelBytes);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in base 64.</summary>
    public override string ToString() => Convert.ToBase64String(_bytes);
}
