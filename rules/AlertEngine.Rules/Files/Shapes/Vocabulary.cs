using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The words that shapes are written with.</summary>
internal static class Vocabulary
{
    internal static readonly Shape Text = new TextShape(TextKind.Any);
    internal static readonly Shape KebabId = new TextShape(TextKind.KebabId);
    internal static readonly Shape Condition = new TextShape(TextKind.Expression);
    internal static readonly Shape Expression = new TextShape(TextKind.Expression);
    internal static readonly Shape Expressions = new ListShape(Expression, AllowsSingle: true, Least: 1, Most: 16);
    internal static readonly Shape Duration = new TextShape(TextKind.Duration);
    internal static readonly Shape Limit = new TextShape(TextKind.Limit);
    internal static readonly Shape Date = new TextShape(TextKind.Date);
    internal static readonly Shape Wait = new OperandShape(TextKind.Duration);
    internal static readonly Shape Distance = new OperandShape(TextKind.Distance);
    internal static readonly Shape Bool = new BoolShape();
    internal static readonly Shape Number = new NumberShape();
    internal static readonly Shape Any = new AnyShape();
    internal static readonly Shape LocalText = new LocalTextShape();
    internal static readonly Shape Texts = new ListShape(Text, AllowsSingle: true, Least: 1);
    internal static readonly Shape Severity = Word("blue", "yellow", "orange", "red");

    internal static Shape Word(params ImmutableArray<string> words) => new TextShape(TextKind.Any, words);

    internal static Shape Amount(double minimum = 1) => new OperandShape(TextKind.Any, IsInteger: true, minimum);

    internal static Shape Integer(double? minimum, double? maximum = null) => new NumberShape(true, minimum, maximum);

    internal static Shape List(Shape item, int least = 0, int most = int.MaxValue) => new ListShape(item, false, least, most);

    internal static MappingShape Mapping(string name, params ImmutableArray<KeyShape> keys) => new(name, keys);

    internal static MappingShape OneOf(string name, params ImmutableArray<KeyShape> keys) => new(name, keys, IsChoice: true);

    internal static KeyShape Must(string name, Shape value, string zh, string en, string? example = null) =>
        new(name, value, new LocalText(zh, en)) { IsRequired = true, Example = example };

    internal static KeyShape May(string name, Shape value, string zh, string en, string? otherwise = null, string? example = null) =>
        new(name, value, new LocalText(zh, en)) { Default = otherwise, Example = example };
}
