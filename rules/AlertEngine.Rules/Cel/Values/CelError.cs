namespace AlertEngine.Rules.Cel;

/// <summary>Why an evaluation has no value.</summary>
public enum CelErrorKind
{
    /// <summary>A field of a record, or a variable, is missing.</summary>
    NoSuchField,

    /// <summary>A map has no such key.</summary>
    NoSuchKey,

    /// <summary>No overload of the function takes values of these kinds.</summary>
    NoSuchOverload,

    /// <summary>A name that nothing declares (only where checking was switched off).</summary>
    UnknownName,

    /// <summary>Integer division or modulus by zero.</summary>
    DivisionByZero,

    /// <summary>An integer result outside 64 bits, or a time outside CEL's range.</summary>
    Overflow,

    /// <summary>A list index or text position that is not there.</summary>
    BadIndex,

    /// <summary>An argument of the right kind that makes no sense: a text that is no number, a pattern that is none.</summary>
    BadArgument,

    /// <summary>A map literal with one key twice.</summary>
    DuplicateKey,

    /// <summary>A map key that is no bool, int, uint or string.</summary>
    UnsupportedKey,

    /// <summary><c>value()</c> of an empty optional.</summary>
    EmptyOptional,

    /// <summary>The evaluation took more steps, or made a bigger value, than the limits allow.</summary>
    TooMuch,

    /// <summary>A value is not of the type that was declared for it.</summary>
    WrongType,
}

/// <summary>An error of evaluation, as a value. Immutable; two are equal where kind and message are.</summary>
/// <param name="Reason">Why.</param>
/// <param name="MessageEn">For people, in English.</param>
/// <param name="MessageZh">The same in Chinese.</param>
public sealed record CelErrorInfo(CelErrorKind Reason, string MessageEn, string MessageZh);

/// <summary>The object behind a value of kind <see cref="CelKind.Error"/>.</summary>
public sealed class CelError : CelObject
{
    internal CelError(CelErrorInfo info)
        : base(CelKind.Error) => Info = info;

    /// <summary>What went wrong.</summary>
    public CelErrorInfo Info { get; }

    /// <inheritdoc />
    public override string ToString() => Info.MessageEn;
}
