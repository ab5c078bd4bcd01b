using System.Linq.Expressions;
using AlertEngine.Rules.Cel.Checking;
using FastExpressionCompiler;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>
/// Makes delegates of a typed tree. A boolean becomes control flow, once for "is true" and once for "is false"; numbers and texts stay
/// unboxed behind guards; everything else is a <see cref="CelValue"/>. Errors are values or failed guards: compiled code never throws.
/// </summary>
/// <remarks>One compiler makes one delegate; bodies of loops get compilers of their own, since a delegate without closure is the cheapest to call.</remarks>
internal sealed partial class Compiler(CheckedTree tree, bool isInLoop = false)
{
    // Expression trees are immutable: all of them share one frame parameter and one pool of variables.
    private static readonly ParameterExpression Frame = Expression.Parameter(typeof(CelFrame), "frame");
    private static readonly ConstantExpression Yes = Expression.Constant(true);
    private static readonly ConstantExpression No = Expression.Constant(false);

    private readonly List<ParameterExpression> _variables = [];

    internal static CelCondition Condition(CheckedTree tree) => new(() => new Compiler(tree).Positive(), () => new Compiler(tree).Negative());

    private CelTest Positive() => Made<CelTest>(True(tree.Root));

    private CelTest Negative() => Made<CelTest>(False(tree.Root));

    internal CelFunction Function(CelFunction interpret)
    {
        var explained = Expression.Call(Methods.Explained, Value(tree.Root), Frame, Expression.Constant(interpret));
        return Made<CelFunction>(explained);
    }

    private T Made<T>(Expression body)
        where T : Delegate
    {
        if (tree.LocalCount > 0 && !isInLoop)
            body = Expression.Block(Expression.Call(Frame, Methods.Reserve, Expression.Constant(tree.LocalCount)), body);
        if (_variables.Count > 0)
            body = Expression.Block(_variables, body);
        var lambda = Expression.Lambda<T>(body, Frame);
        return lambda.CompileFast(true) ?? lambda.Compile();
    }

    private Compiler Inner() => new(tree, true);

    private ParameterExpression Variable(Type type)
    {
        var variable = Variables.Take(type, _variables.Count);
        _variables.Add(variable);
        return variable;
    }
}
