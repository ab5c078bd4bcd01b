using System.Reflection;
using AlertEngine.Rules.Cel.Interpretation;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>What compiled code calls. Static methods only: a call of one needs no closure.</summary>
internal static class Runtime
{
    internal static bool IsTrue(CelValue value) => value.IsBool && value.Bits != 0;

    internal static bool IsFalse(CelValue value) => value.IsBool && value.Bits == 0;

    internal static int Tri(CelValue value) => value.IsBool ? (int)value.Bits : -1;

    internal static CelValue Truth(int tri) => tri < 0 ? CelErrors.Unexplained : CelValue.Of(tri == 1);

    internal static CelValue Failed() => CelErrors.Unexplained;

    internal static int CompareUints(ulong a, ulong b) => a.CompareTo(b);

    internal static bool Set(out double target, double value)
    {
        target = value;
        return true;
    }

    internal static bool Set(out long target, long value)
    {
        target = value;
        return true;
    }

    internal static bool Set(out ulong target, ulong value)
    {
        target = value;
        return true;
    }

    internal static bool Set(out string target, string value)
    {
        target = value;
        return true;
    }

    internal static bool SetTri(out int target, int value)
    {
        target = value;
        return true;
    }

    internal static bool SetLocal(CelFrame frame, int index, CelValue value)
    {
        frame.Locals[index] = value;
        return true;
    }

    internal static CelValue BindOptional(CelFrame frame, CelValue value, int local, CelBindKind kind, CelFunction body)
    {
        if (value.IsError)
            return value;
        if (value.AsOptional is not { } optional)
            return CelErrors.NoSuchOverload;
        if (!optional.HasValue)
            return value;
        frame.Locals[local] = optional.Value;
        return Aggregates.Rewrapped(body(frame), kind);
    }

    /// <summary>The root's value. Typed code only knows that there is an error: the interpreter, asked once more, says which.</summary>
    internal static CelValue Explained(CelValue value, CelFrame frame, CelFunction interpret)
    {
        if (!Aggregates.IsUnexplained(value))
            return value;
        var explained = interpret(frame);
        // The differential test looks for this one: the forms would disagree about whether there is an error at all.
        return explained.IsError ? explained : CelErrors.Make(CelErrorKind.WrongType, "the compiled form found an error that the interpreter did not", "编译形式与解释形式不一致");
    }

    internal static MethodInfo Method(Type owner, string name, params Type[] parameters) =>
        owner.GetMethod(name, BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, parameters)
        ?? throw new InvalidOperationException($"{owner.Name}.{name} is missing");
}
