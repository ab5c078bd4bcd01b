namespace AlertEngine.Rules.Cel;

/// <summary>Type parameters (<c>list(A)</c> in declarations) and type variables (what a call's A stands for): names that begin with a mark no source can write.</summary>
internal static class CelTypes
{
    internal const char Mark = '?';

    internal static readonly CelType A = CelType.Named("?A");
    internal static readonly CelType B = CelType.Named("?B");
    internal static readonly CelType ListOfA = CelType.List(A);
    internal static readonly CelType ListOfDyn = CelType.List(CelType.Dyn);
    internal static readonly CelType ListOfString = CelType.List(CelType.String);
    internal static readonly CelType MapOfAToB = CelType.Map(A, B);
    internal static readonly CelType OptionalOfA = CelType.Optional(A);
    internal static readonly CelType TypeOfAny = CelType.Named("type");

    internal static bool IsVariable(CelType type) => type.Name[0] == Mark;

    internal static bool IsDyn(CelType type) => type.Name == "dyn";

    internal static bool IsList(CelType type) => type.Name == "list" && type.Parameters.Length == 1;

    internal static bool IsMap(CelType type) => type.Name == "map" && type.Parameters.Length == 2;

    internal static bool IsOptional(CelType type) => type.Name == "optional_type" && type.Parameters.Length == 1;

    internal static CelType With(CelType type, IEnumerable<CelType> parameters) => CelType.Named(type.Name, [.. parameters]);
}
