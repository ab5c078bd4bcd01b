using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>
/// What a value in a file may be. The shapes are the one description of the files: the checker reports what strays from them, the JSON
/// Schemas and the list of defaults are printed from them.
/// </summary>
internal abstract record Shape;

/// <summary>What a scalar text means.</summary>
internal enum TextKind
{
    Any = 0,

    /// <summary>Lower-case words joined by hyphens: permanent ids.</summary>
    KebabId,

    /// <summary>A name that expressions can use.</summary>
    Identifier,
    Duration,

    /// <summary>An SLA limit.</summary>
    Limit,

    /// <summary>A calendar date, 2026-10-01.</summary>
    Date,

    /// <summary>An instant with its offset.</summary>
    Instant,

    /// <summary>A distance: 200m, 1.5km, or a number of meters.</summary>
    Distance,
    Expression,

    /// <summary>A JSON pointer.</summary>
    Pointer,

    /// <summary>A month and day, 05-01.</summary>
    MonthDay,

    /// <summary>Working hours, 09:00-17:30.</summary>
    Hours,
}

/// <summary>A scalar; where <paramref name="Words"/> are given, one of them.</summary>
internal sealed record TextShape(TextKind Kind, ImmutableArray<string> Words = default) : Shape;

/// <summary>A number within limits.</summary>
internal sealed record NumberShape(bool IsInteger = false, double? Minimum = null, double? Maximum = null) : Shape;

/// <summary>True or false.</summary>
internal sealed record BoolShape : Shape;

/// <summary>A number, duration or distance, or an expression over <c>params</c> that gives one.</summary>
internal sealed record OperandShape(TextKind Kind, bool IsInteger = false, double? Minimum = null) : Shape;

/// <summary>A sequence; where <paramref name="AllowsSingle"/>, a single item stands for a list of one.</summary>
internal sealed record ListShape(Shape Item, bool AllowsSingle = false, int Least = 0, int Most = int.MaxValue) : Shape;

/// <summary>A mapping with known keys; where <paramref name="IsChoice"/>, exactly one of them is given.</summary>
internal sealed record MappingShape(string Name, ImmutableArray<KeyShape> Keys, bool IsChoice = false) : Shape
{
    public KeyShape? Find(string key)
    {
        foreach (KeyShape candidate in Keys)
        {
            if (candidate.Name == key)
                return candidate;
        }

        return null;
    }
}

/// <summary>A mapping from names that the author chooses.</summary>
internal sealed record MapShape(string Name, Shape Value, TextKind KeyKind = TextKind.Any) : Shape;

/// <summary>Modes by name, and which of them is the usual one.</summary>
internal sealed record ModesShape(MappingShape Mode) : Shape;

/// <summary>A text for people: a plain string for both languages, or <c>{ zh, en }</c>.</summary>
internal sealed record LocalTextShape : Shape;

/// <summary>A scalar or a mapping, each with its own shape.</summary>
internal sealed record EitherShape(Shape Scalar, Shape Mapping) : Shape;

/// <summary>Any value; it is read by its own code.</summary>
internal sealed record AnyShape : Shape;

/// <summary>A key of a mapping.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Value">What its value may be.</param>
/// <param name="Doc">What it is for.</param>
internal sealed record KeyShape(string Name, Shape Value, LocalText Doc)
{
    public bool IsRequired { get; init; }

    /// <summary>What holds where the key is left out, in words; null where nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>An example, as it stands in a file.</summary>
    public string? Example { get; init; }
}
