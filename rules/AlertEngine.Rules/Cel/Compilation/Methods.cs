using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using AlertEngine.Rules.Cel.Interpretation;
using AlertEngine.Rules.Cel.Library;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>The methods that compiled code calls, found once.</summary>
internal static class Methods
{
    private static readonly Type Value = typeof(CelValue);

    internal static readonly MethodInfo IsTrue = Runtime.Method(typeof(Runtime), nameof(Runtime.IsTrue), Value);
    internal static readonly MethodInfo IsFalse = Runtime.Method(typeof(Runtime), nameof(Runtime.IsFalse), Value);
    internal static readonly MethodInfo Tri = Runtime.Method(typeof(Runtime), nameof(Runtime.Tri), Value);
    internal static readonly MethodInfo Truth = Runtime.Method(typeof(Runtime), nameof(Runtime.Truth), typeof(int));
    internal static readonly MethodInfo Failed = Runtime.Method(typeof(Runtime), nameof(Runtime.Failed));
    internal static readonly MethodInfo SetTri = Runtime.Method(typeof(Runtime), nameof(Runtime.SetTri), typeof(int).MakeByRefType(), typeof(int));
    internal static readonly MethodInfo SetLocal = Runtime.Method(typeof(Runtime), nameof(Runtime.SetLocal), typeof(CelFrame), typeof(int), Value);
    internal static readonly MethodInfo BindOptional =
        Runtime.Method(typeof(Runtime), nameof(Runtime.BindOptional), typeof(CelFrame), Value, typeof(int), typeof(CelBindKind), typeof(CelFunction));
    internal static readonly MethodInfo Explained = Runtime.Method(typeof(Runtime), nameof(Runtime.Explained), Value, typeof(CelFrame), typeof(CelFunction));
    internal static readonly MethodInfo Reserve = Runtime.Method(typeof(CelFrame), nameof(CelFrame.Reserve), typeof(int));
    internal static readonly MethodInfo Has = Runtime.Method(typeof(Slots), nameof(Slots.Has), typeof(CelFrame), typeof(int), typeof(int));
    internal static readonly MethodInfo Peek = Runtime.Method(typeof(Slots), nameof(Slots.Peek), typeof(CelFrame), typeof(int), typeof(int));
    internal static readonly MethodInfo Load = Runtime.Method(typeof(Slots), nameof(Slots.Load), typeof(CelFrame), typeof(int), typeof(int), Value);
    internal static readonly MethodInfo Local = Runtime.Method(typeof(Slots), nameof(Slots.Local), typeof(CelFrame), typeof(int));
    internal static readonly MethodInfo TryBool = Runtime.Method(typeof(Slots), nameof(Slots.TryBool), typeof(CelFrame), typeof(int), typeof(int), typeof(bool).MakeByRefType());
    internal static readonly MethodInfo Optional = Runtime.Method(Value, nameof(CelValue.Optional), Value);
    internal static readonly MethodInfo Select = Runtime.Method(typeof(OptionalLibrary), nameof(OptionalLibrary.Select), Value, Value);
    internal static readonly MethodInfo SelectOptional = Runtime.Method(typeof(OptionalLibrary), nameof(OptionalLibrary.SelectOptional), Value, Value);
    internal static readonly MethodInfo Test = Runtime.Method(typeof(OptionalLibrary), nameof(OptionalLibrary.Test), Value, Value);
    internal static readonly MethodInfo List = Runtime.Method(typeof(Aggregates), nameof(Aggregates.List), typeof(CelValue[]), typeof(ImmutableArray<bool>));
    internal static readonly MethodInfo Map = Runtime.Method(typeof(Aggregates), nameof(Aggregates.Map), typeof(CelValue[]), typeof(ImmutableArray<bool>));
    internal static readonly MethodInfo Loop =
        Runtime.Method(typeof(Loops), nameof(Loops.Run), typeof(CelFrame), typeof(Loops.Shape), Value, typeof(LoopTest), typeof(LoopTest), typeof(CelFunction));
    internal static readonly MethodInfo Call1 = Runtime.Method(typeof(CelCallSite), nameof(CelCallSite.Call1), Value);
    internal static readonly MethodInfo Call2 = Runtime.Method(typeof(CelCallSite), nameof(CelCallSite.Call2), Value, Value);
    internal static readonly MethodInfo Call3 = Runtime.Method(typeof(CelCallSite), nameof(CelCallSite.Call3), Value, Value, Value);
    internal static readonly MethodInfo CallN = Runtime.Method(typeof(CelCallSite), nameof(CelCallSite.CallN), typeof(CelFrame), typeof(CelValue[]));
    internal static readonly MethodInfo TextsEqual = Runtime.Method(typeof(string), nameof(string.Equals), typeof(string), typeof(string));
    internal static readonly MethodInfo CompareTexts = Runtime.Method(typeof(CelOrdering), nameof(CelOrdering.CompareTexts), typeof(string), typeof(string));
    internal static readonly MethodInfo CompareUints = Runtime.Method(typeof(Runtime), nameof(Runtime.CompareUints), typeof(ulong), typeof(ulong));
    internal static readonly MethodInfo TextSetContains = Runtime.Method(typeof(TextSet), nameof(TextSet.Contains), typeof(string));
    internal static readonly MethodInfo IntSetContains = Runtime.Method(typeof(FrozenSet<long>), nameof(FrozenSet<long>.Contains), typeof(long));
    internal static readonly MethodInfo IsMatch = Runtime.Method(typeof(CelPattern), nameof(CelPattern.IsMatch), typeof(string));
    internal static readonly MethodInfo TryNegate = Runtime.Method(typeof(Arithmetic), nameof(Arithmetic.TryNegate), typeof(long), typeof(long).MakeByRefType());

    /// <summary>The question on two texts that a standard function asks; null for another function.</summary>
    internal static MethodInfo? TextQuestion(string function) => function switch
    {
        "contains" => Contains,
        "startsWith" => StartsWith,
        "endsWith" => EndsWith,
        _ => null,
    };

    private static readonly MethodInfo Contains = Runtime.Method(typeof(Texts), nameof(Texts.Contains), typeof(string), typeof(string));
    private static readonly MethodInfo StartsWith = Runtime.Method(typeof(Texts), nameof(Texts.StartsWith), typeof(string), typeof(string));
    private static readonly MethodInfo EndsWith = Runtime.Method(typeof(Texts), nameof(Texts.EndsWith), typeof(string), typeof(string));
}
