using System.Linq.Expressions;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>Typed code for a scalar: a guard that is true where there is a value (null: always), and the value, valid after the guard.</summary>
internal readonly record struct Emitted(Expression? Guard, Expression Value)
{
    /// <summary>The guards of two operands, then a condition on their values.</summary>
    internal static Expression Guarded(Expression? first, Expression? second, Expression then)
    {
        if (second is not null)
            then = Expression.AndAlso(second, then);
        return first is null ? then : Expression.AndAlso(first, then);
    }

    /// <summary>Both guards as one, null where neither is there.</summary>
    internal static Expression? Both(Expression? first, Expression? second) =>
        first is null ? second : second is null ? first : Expression.AndAlso(first, second);
}
