namespace AlertEngine.Rules.Cel;

/// <summary>What a <see cref="CelValue"/> holds. The names are those of the CEL specification (langdef.md, "Values").</summary>
public enum CelKind
{
    /// <summary>Nothing is there: an absent optional field. Reading it in an expression is an error of CEL ("no such field").</summary>
    Missing = 0,

    /// <summary>JSON's and CEL's null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A signed 64-bit integer.</summary>
    Int,

    /// <summary>An unsigned 64-bit integer.</summary>
    Uint,

    /// <summary>An IEEE 754 double.</summary>
    Double,

    /// <summary>A text. CEL counts code points, .NET counts UTF-16 units: the standard library translates.</summary>
    String,

    /// <summary>A sequence of bytes.</summary>
    Bytes,

    /// <summary>A NodaTime Duration.</summary>
    Duration,

    /// <summary>A NodaTime Instant.</summary>
    Timestamp,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A map from bool, int, uint or string to values.</summary>
    Map,

    /// <summary>A type as a value: what <c>type(x)</c> gives.</summary>
    Type,

    /// <summary>An optional value, present or not (the optionals extension).</summary>
    Optional,

    /// <summary>A value of an extension, opaque to the language: a network address, a position.</summary>
    Opaque,

    /// <summary>An error of evaluation. It is a value, so that <c>false &amp;&amp; error</c> can be false without an exception.</summary>
    Error,
}
