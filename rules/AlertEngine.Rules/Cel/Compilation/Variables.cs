using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>Variables of compiled code, made once and shared: a variable means nothing outside the block that declares it.</summary>
internal static class Variables
{
    private const int Pooled = 64;

    private static readonly ConcurrentDictionary<(Type Type, int Index), ParameterExpression> Pool = new();

    internal static ParameterExpression Take(Type type, int index) =>
        index < Pooled ? Pool.GetOrAdd((type, index), static key => Expression.Variable(key.Type)) : Expression.Variable(type);
}
