using System.Runtime.CompilerServices;
using NodaTime;

namespace AlertEngine.Rules.Cel;

/// <summary>
/// One value of the language, in sixteen bytes: a reference that says the kind (or is the value) and 64 bits.
/// Numbers, booleans and instants live in the bits, so that an event's slots hold them without boxing.
/// Immutable and thread-safe. The default value is <see cref="CelKind.Missing"/>.
/// </summary>
public readonly partial struct CelValue
{
    // The sentinel objects are compared by reference on the hot path: one comparison tells the kind of a number.
    internal sealed class Tag(CelKind kind)
    {
        internal CelKind Kind { get; } = kind;
    }

    internal static readonly Tag NullTag = new(CelKind.Null);
    internal static readonly Tag BoolTag = new(CelKind.Bool);
    internal static readonly Tag IntTag = new(CelKind.Int);
    internal static readonly Tag UintTag = new(CelKind.Uint);
    internal static readonly Tag DoubleTag = new(CelKind.Double);

    internal readonly object? Reference;
    internal readonly long Bits;

    internal CelValue(object? reference, long bits)
    {
        Reference = reference;
        Bits = bits;
    }

    /// <summary>Nothing: an absent field.</summary>
    public static CelValue Missing => default;

    /// <summary>JSON's null.</summary>
    public static CelValue Null => new(NullTag, 0);

    /// <summary>A boolean.</summary>
    public static CelValue Of(bool value) => new(BoolTag, value ? 1 : 0);

    /// <summary>A signed integer.</summary>
    public static CelValue Of(long value) => new(IntTag, value);

    /// <summary>An unsigned integer.</summary>
    public static CelValue Of(ulong value) => new(UintTag, unchecked((long)value));

    /// <summary>A double; NaN and the infinities are values like any other.</summary>
    public static CelValue Of(double value) => new(DoubleTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A text.</summary>
    public static CelValue Of(string value) => new(value, 0);

    /// <summary>An instant. It is boxed once: instants are rare in conditions.</summary>
    public static CelValue Of(Instant value) => new((object)value, 0);

    /// <summary>A duration, boxed once.</summary>
    public static CelValue Of(Duration value) => new((object)value, 0);

    /// <summary>True where a value is there (null counts as there).</summary>
    public bool IsPresent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Reference is not null;
    }

    /// <summary>True for a double.</summary>
    public bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Reference, DoubleTag);
    }

    /// <summary>True for a signed integer.</summary>
    public bool IsInt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Reference, IntTag);
    }

    /// <summary>True for a boolean.</summary>
    public bool IsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReferenceEquals(Reference, BoolTag);
    }

    /// <summary>The double; meaningless unless <see cref="IsDouble"/>.</summary>
    public double AsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.Int64BitsToDouble(Bits);
    }

    /// <summary>The integer; meaningless unless <see cref="IsInt"/>.</summary>
    public long AsInt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits;
    }

    /// <summary>The boolean; meaningless unless <see cref="IsBool"/>.</summary>
    public bool AsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits != 0;
    }

    /// <summary>The text, or null where the value is not a text.</summary>
    public string? AsString
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Reference as string;
    }
}
