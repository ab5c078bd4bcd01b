namespace AlertEngine.Rules.Cel;

/// <summary>The kinds that values of a type have at run time.</summary>
internal static class CelKinds
{
    /// <summary>The kind, or null for types that say nothing about it: <c>dyn</c> and type parameters.</summary>
    internal static CelKind? Of(CelType type) => type.Name switch
    {
        "dyn" => null,
        "null_type" => CelKind.Null,
        "bool" => CelKind.Bool,
        "int" => CelKind.Int,
        "uint" => CelKind.Uint,
        "double" => CelKind.Double,
        "string" => CelKind.String,
        "bytes" => CelKind.Bytes,
        "google.protobuf.Duration" => CelKind.Duration,
        "google.protobuf.Timestamp" => CelKind.Timestamp,
        "list" => CelKind.List,
        "map" => CelKind.Map,
        "type" => CelKind.Type,
        "optional_type" => CelKind.Optional,
        _ => CelTypes.IsVariable(type) ? null : CelKind.Opaque,
    };

    /// <summary>Whether compiled code keeps values of the type unboxed (a text: as a string).</summary>
    internal static bool IsScalar(CelType type) => Of(type) is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.String;

    /// <summary>
    /// Both forms ask this of every value they read: a value that is not of its scalar type is an error, whatever an operator could have made of it.
    /// Larger types are not walked.
    /// </summary>
    internal static CelValue Conform(CelValue value, CelType type) =>
        !IsScalar(type) || value.Kind == Of(type) || value.IsError ? value : CelErrors.WrongType;

    /// <summary>The name of a value's type, as <c>type(x)</c> gives it.</summary>
    internal static string TypeName(CelValue value) => value.Kind switch
    {
        CelKind.Null => "null_type",
        CelKind.Bool => "bool",
        CelKind.Int => "int",
        CelKind.Uint => "uint",
        CelKind.Double => "double",
        CelKind.String => "string",
        CelKind.Bytes => "bytes",
        CelKind.Duration => "google.protobuf.Duration",
        CelKind.Timestamp => "google.protobuf.Timestamp",
        CelKind.List => "list",
        CelKind.Map => "map",
        CelKind.Type => "type",
        CelKind.Optional => "optional_type",
        CelKind.Opaque => value.AsOpaque!.Type.Name,
        _ => "error",
    };
}
