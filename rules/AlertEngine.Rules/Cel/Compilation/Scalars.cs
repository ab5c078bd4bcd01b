using System.Linq.Expressions;
using System.Reflection;
using AlertEngine.Rules.Cel.Interpretation;
using AlertEngine.Rules.Cel.Library;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>The .NET side of a scalar kind: its type, how it is read from a slot or a value, how a value is made of it.</summary>
internal sealed class Scalar
{
    internal static readonly Scalar Int = new(typeof(long), nameof(Slots.TryInt));
    internal static readonly Scalar Uint = new(typeof(ulong), nameof(Slots.TryUint));
    internal static readonly Scalar Double = new(typeof(double), nameof(Slots.TryDouble));
    internal static readonly Scalar String = new(typeof(string), nameof(Slots.TryString));

    private Scalar(Type type, string reader)
    {
        Type = type;
        FromSlot = Runtime.Method(typeof(Slots), reader, typeof(CelFrame), typeof(int), typeof(int), type.MakeByRefType());
        FromValue = Runtime.Method(typeof(Slots), reader, typeof(CelValue), type.MakeByRefType());
        ToValue = Runtime.Method(typeof(CelValue), nameof(CelValue.Of), type);
        Set = Runtime.Method(typeof(Runtime), nameof(Runtime.Set), type.MakeByRefType(), type);
    }

    internal Type Type { get; }

    internal MethodInfo FromSlot { get; }

    internal MethodInfo FromValue { get; }

    internal MethodInfo ToValue { get; }

    internal MethodInfo Set { get; }

    /// <summary>The scalar of a type; null for booleans, which are control flow, and for everything boxed.</summary>
    internal static Scalar? Of(CelType type) => CelKinds.Of(type) switch
    {
        CelKind.Int => Int,
        CelKind.Uint => Uint,
        CelKind.Double => Double,
        CelKind.String => String,
        _ => null,
    };

    /// <summary>A constant of the kind; null where the value is of another.</summary>
    internal static Expression? Constant(CelValue value) => value.Kind switch
    {
        CelKind.Int => Expression.Constant(value.AsInt),
        CelKind.Uint => Expression.Constant(value.AsUint),
        CelKind.Double => Expression.Constant(value.AsDouble),
        CelKind.String => Expression.Constant(value.AsString),
        _ => null,
    };
}

/// <summary>Checked integer arithmetic, by operator.</summary>
internal static class CheckedArithmetic
{
    private static readonly Type[] Shape = [typeof(long), typeof(long), typeof(long).MakeByRefType()];

    private static readonly Dictionary<string, MethodInfo> Methods = new(StringComparer.Ordinal)
    {
        [Syntax.CelOperators.Add] = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TryAdd), Shape),
        [Syntax.CelOperators.Subtract] = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TrySubtract), Shape),
        [Syntax.CelOperators.Multiply] = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TryMultiply), Shape),
        [Syntax.CelOperators.Divide] = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TryDivide), Shape),
        [Syntax.CelOperators.Modulo] = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TryModulo), Shape),
    };

    internal static MethodInfo? Method(string function) => Methods.GetValueOrDefault(function);

    internal static ExpressionType? OnDoubles(string function) => function switch
    {
        Syntax.CelOperators.Add => ExpressionType.Add,
        Syntax.CelOperators.Subtract => ExpressionType.Subtract,
        Syntax.CelOperators.Multiply => ExpressionType.Multiply,
        Syntax.CelOperators.Divide => ExpressionType.Divide,
        _ => null,
    };

    internal static ExpressionType? Relation(string function) => function switch
    {
        Syntax.CelOperators.Equal => ExpressionType.Equal,
        Syntax.CelOperators.NotEqual => ExpressionType.NotEqual,
        Syntax.CelOperators.Less => ExpressionType.LessThan,
        Syntax.CelOperators.LessOrEqual => ExpressionType.LessThanOrEqual,
        Syntax.CelOperators.Greater => ExpressionType.GreaterThan,
        Syntax.CelOperators.GreaterOrEqual => ExpressionType.GreaterThanOrEqual,
        _ => null,
    };
}
