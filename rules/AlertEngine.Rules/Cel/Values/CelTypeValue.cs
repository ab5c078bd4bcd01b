namespace AlertEngine.Rules.Cel;

/// <summary>A type as a value: what <c>type(x)</c> gives. Two are equal where their names are: <c>type([1]) == type(['a'])</c>.</summary>
public sealed class CelTypeValue : CelObject
{
    internal CelTypeValue(string name)
        : base(CelKind.Type) => Name = name;

    /// <summary>The type's name: <c>int</c>, <c>list</c>, <c>google.protobuf.Timestamp</c>.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public override string ToString() => Name;
}
