using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel;

/// <summary>The body of a function of one argument.</summary>
public delegate CelValue CelBody1(CelValue argument);

/// <summary>The body of a function of two arguments; a member function's target is the first.</summary>
public delegate CelValue CelBody2(CelValue first, CelValue second);

/// <summary>The body of a function of three arguments.</summary>
public delegate CelValue CelBody3(CelValue first, CelValue second, CelValue third);

/// <summary>The body of a function of any number of arguments, which also sees the frame. It neither keeps nor changes either.</summary>
public delegate CelValue CelBodyN(CelFrame frame, CelValue[] arguments);

/// <summary>
/// One overload of a function: the types it takes and gives, and its body. Bodies are pure, never throw, and answer
/// <see cref="CelValue.Error"/> where they have no value; they never see an error, nor a value of another kind than declared. Immutable.
/// </summary>
public sealed class CelOverload
{
    private CelOverload(bool isMember, ImmutableArray<CelType> parameters, CelType result, Delegate body)
    {
        IsMember = isMember;
        Parameters = parameters;
        Result = result;
        Body = body;
        Kinds = [.. parameters.Select(CelKinds.Of)];
    }

    /// <summary>Whether it is called as <c>target.name(…)</c>; the target is the first parameter.</summary>
    public bool IsMember { get; private init; }

    /// <summary>The types of the arguments.</summary>
    public ImmutableArray<CelType> Parameters { get; }

    /// <summary>The type of the result.</summary>
    public CelType Result { get; }

    /// <summary>How many evaluation steps a call counts as, in the estimate at load. Default 1.</summary>
    public long Cost { get; init; } = 1;

    /// <summary>
    /// Whether equal arguments give equal results whatever the frame holds, so that a call with constant arguments may be computed at load.
    /// True but for bodies that see the frame.
    /// </summary>
    public bool IsConstant => Body is not CelBodyN || IsConstantBody;

    internal Delegate Body { get; }

    internal ImmutableArray<CelKind?> Kinds { get; }

    /// <summary>Whether the checker offers it only where an argument's type is not known before run time: <c>dyn(1) &lt; 2u</c>, but not <c>1 &lt; 2u</c>.</summary>
    internal bool IsDynamicOnly { get; private init; }

    internal bool IsConstantBody { get; init; }

    /// <summary>A function of one argument.</summary>
    public static CelOverload Function(CelType parameter, CelType result, CelBody1 body) => new(false, [parameter], result, body);

    /// <summary>A function of two arguments.</summary>
    public static CelOverload Function(CelType first, CelType second, CelType result, CelBody2 body) => new(false, [first, second], result, body);

    /// <summary>A function of three arguments.</summary>
    public static CelOverload Function(CelType first, CelType second, CelType third, CelType result, CelBody3 body) =>
        new(false, [first, second, third], result, body);

    /// <summary>A function of any number of arguments, which may read the frame.</summary>
    public static CelOverload Function(ImmutableArray<CelType> parameters, CelType result, CelBodyN body) => new(false, parameters, result, body);

    /// <summary>The same as a member function: the first argument stands before the dot.</summary>
    public CelOverload AsMember() =>
        new(true, Parameters, Result, Body) { Cost = Cost, IsDynamicOnly = IsDynamicOnly, IsConstantBody = IsConstantBody };

    internal static CelOverload Function(CelType first, CelType second, CelType result, CelBody2 body, bool isDynamicOnly) =>
        new(false, [first, second], result, body) { IsDynamicOnly = isDynamicOnly };

    /// <summary>A function of any number of arguments that does not look at the frame.</summary>
    internal static CelOverload Constant(ImmutableArray<CelType> parameters, CelType result, CelBodyN body) => new(false, parameters, result, body) { IsConstantBody = true };

    internal bool Takes(int index, CelValue argument)
    {
        if (Kinds[index] is not { } kind)
            return true;
        if (argument.Kind != kind)
            return false;
        return kind != CelKind.Opaque || argument.AsOpaque!.Type.Name == Parameters[index].Name;
    }
}

/// <summary>A function of an environment: a name, namespaced or not, and its overloads, which do not overlap.</summary>
/// <param name="Name">The name: <c>size</c>, <c>geo.near</c>.</param>
/// <param name="Overloads">At least one.</param>
public sealed record CelFunctionDeclaration(string Name, params ImmutableArray<CelOverload> Overloads);
