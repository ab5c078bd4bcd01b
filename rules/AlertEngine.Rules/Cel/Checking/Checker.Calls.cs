using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <content>Calls: which function, which overloads, which result.</content>
internal sealed partial class Checker
{
    private CelNode Call(CallSyntax call)
    {
        if (call.Function == CelOperators.Conditional)
            return Conditional(call);
        if (call.Function == CelOperators.Not)
            return Keep(new NotNode(Place(call.Span), Condition(call.Arguments[0], "!")));
        if (call.Target is null)
            return Global(call, call.Function, call.IsAbsolute, call.Span);
        // geo.near(a, b) is a function of a namespace; x.near(b) a member function.
        if (Qualified(call.Target) is { } space && (FindFunction($"{space.Text}.{call.Function}", space.IsAbsolute) is not null
            || Find($"{space.Text}.{call.Function}", space.IsAbsolute) is MacroDeclaration))
            return Global(call, $"{space.Text}.{call.Function}", space.IsAbsolute, call.Target.Span.To(call.NameSpan));
        return Member(call);
    }

    private CelNode Global(CallSyntax call, string name, bool isAbsolute, CelSpan nameSpan)
    {
        if (Find(name, isAbsolute) is MacroDeclaration macro)
            return Substitute(macro, call.Span, call.Arguments);
        if (FindFunction(name, isAbsolute) is not { } function)
            return UnknownFunction(call, name, nameSpan, false);
        RefuseUnquoted(call);
        return Resolved(call, function, Values(Gathered(function.Name, call.Arguments)), false);
    }

    // math.greatest(a, b, c, …) is math.greatest([a, b, c, …]): the library knows one, two, or a list.
    private static ImmutableArray<CelSyntax> Gathered(string function, ImmutableArray<CelSyntax> arguments)
    {
        if (function is not ("math.greatest" or "math.least") || arguments.Length < 3)
            return arguments;
        var isOptional = ImmutableArray.CreateRange(arguments, static _ => false);
        return [new ListSyntax(arguments[0].Span.To(arguments[^1].Span), arguments, isOptional)];
    }

    private CelNode Member(CallSyntax call)
    {
        var function = FindFunction(call.Function, true);
        if (function is null || !function.Overloads.Any(overload => overload.IsMember))
            return UnknownFunction(call, call.Function, call.NameSpan, true);
        return Resolved(call, function, [Value(call.Target!), .. Values(call.Arguments)], true);
    }

    private ImmutableArray<CelNode> Values(ImmutableArray<CelSyntax> arguments)
    {
        var nodes = ImmutableArray.CreateBuilder<CelNode>(arguments.Length);
        foreach (var argument in arguments)
            nodes.Add(Value(argument));
        return nodes.DrainToImmutable();
    }

    private CelFunctionDeclaration? FindFunction(string name, bool isAbsolute)
    {
        for (var container = isAbsolute ? "" : _environment.Container; container.Length > 0; container = Outer(container))
        {
            if (_environment.FindFunction($"{container}.{name}") is { } inner)
                return inner;
        }
        return _environment.FindFunction(name);
    }

    private CallNode Resolved(CallSyntax call, CelFunctionDeclaration function, ImmutableArray<CelNode> arguments, bool isMember)
    {
        var candidates = new List<CelOverload>();
        CelType? result = null;
        foreach (var overload in function.Overloads)
        {
            if (overload.IsMember != isMember || overload.Parameters.Length != arguments.Length)
                continue;
            if (Match(overload, arguments) is not { } type)
                continue;
            candidates.Add(overload);
            result = result is null || Known(result) == Known(type) ? type : CelType.Dyn;
        }
        if (result is null)
            return (CallNode)NoOverload(call, function, arguments, isMember);
        var site = new CelCallSite(function.Name, [.. candidates]);
        return CheckConstants(Keep(new CallNode(Place(call.Span), Known(result), site, arguments)));
    }

    /// <summary>The result of an overload for these arguments, or null where it does not take them.</summary>
    private CelType? Match(CelOverload overload, ImmutableArray<CelNode> arguments)
    {
        if (!_isChecked)
            return CelType.Dyn;
        if (overload.IsDynamicOnly && !arguments.Any(argument => IsOpen(argument.Type)))
            return null;
        var names = new Dictionary<string, CelType>(2);
        var saved = _types.Save();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (_types.Agree(_types.Instantiate(overload.Parameters[i], names), Known(arguments[i].Type)))
                continue;
            _types.Restore(saved);
            return null;
        }
        return _types.Instantiate(overload.Result, names);
    }

    private bool IsOpen(CelType type) => Known(type) is var known && (CelTypes.IsDyn(known) || CelTypes.IsVariable(known));

    private ConditionalNode Conditional(CallSyntax call)
    {
        var condition = Condition(call.Arguments[0], "?:");
        var then = Value(call.Arguments[1]);
        var otherwise = Value(call.Arguments[2]);
        var type = _isChecked ? _types.Join(Known(then.Type), Known(otherwise.Type)) : CelType.Dyn;
        if (type is null)
        {
            var (first, second) = (Show(then.Type), Show(otherwise.Type));
            throw MixedNumbers(call.Arguments[1], then, call.Arguments[2], otherwise)
                ?? Refuse(CelCodes.NoOverload, call.Span, $"the branches of '?:' are {first} and {second}", $"'?:' 两边类型不同：{first} 和 {second}");
        }
        return Keep(new ConditionalNode(Place(call.Span), Known(type), condition, then, otherwise));
    }

    // Puts a macro of the rule file in the place of its use. Its own names are resolved outside every macro variable around the use.
    private CelNode Substitute(MacroDeclaration macro, CelSpan span, ImmutableArray<CelSyntax> arguments)
    {
        if (_macros.Contains(macro.Name))
            throw Refuse(CelCodes.MacroLoop, span, $"macro '{macro.Name}' uses itself", $"宏 '{macro.Name}' 循环引用");
        if (arguments.Length != macro.Parameters.Length)
        {
            throw Refuse(CelCodes.MacroArguments, span, $"macro '{macro.Name}' takes {macro.Parameters.Length} arguments, not {arguments.Length}",
                $"宏 '{macro.Name}' 需要 {macro.Parameters.Length} 个参数，而不是 {arguments.Length} 个");
        }
        var (scope, place) = (_scope, _place);
        Scope? inner = null;
        for (var i = 0; i < arguments.Length; i++)
            inner = new ArgumentScope(macro.Parameters[i], inner, arguments[i], scope, place, _macros.Count);
        (_scope, _place) = (inner, Place(span));
        _macros.Add(macro.Name);
        var node = Value(_environment.ParsedMacro(macro, _place.Value));
        _macros.RemoveAt(_macros.Count - 1);
        (_scope, _place) = (scope, place);
        return node;
    }
}
