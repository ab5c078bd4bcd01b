using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>
/// Recognises the macros of the language in calls and gives them nodes of their own. Hygiene comes with the nodes: the checker
/// resolves a macro's variable in the scope of its body and nowhere else.
/// </summary>
internal static class CelMacros
{
    internal static CelSyntax Expand(CallSyntax call)
    {
        if (call.Target is null)
            return call.Function == "has" && !call.IsAbsolute ? Has(call) : call;
        return call.Function switch
        {
            "all" => Loop(call, CelLoopKind.All),
            "exists" => Loop(call, CelLoopKind.Exists),
            "exists_one" or "existsOne" => Loop(call, CelLoopKind.ExistsOne),
            "filter" when call.Arguments.Length == 2 => OneVariable(call, CelLoopKind.Filter, null, call.Arguments[1]),
            "map" when call.Arguments.Length == 2 => OneVariable(call, CelLoopKind.Map, null, call.Arguments[1]),
            "map" when call.Arguments.Length == 3 => OneVariable(call, CelLoopKind.Map, call.Arguments[1], call.Arguments[2]),
            "filter" or "map" => throw Refuse(call),
            "transformList" => Transform(call, CelLoopKind.Map),
            "transformMap" => Transform(call, CelLoopKind.TransformMap),
            "transformMapEntry" => Transform(call, CelLoopKind.TransformMapEntry),
            "optMap" when call.Arguments.Length == 2 => new BindSyntax(call.Span, CelBindKind.OptionalMap, Variable(call, 0), call.Target, call.Arguments[1]),
            "optFlatMap" when call.Arguments.Length == 2 => new BindSyntax(call.Span, CelBindKind.OptionalFlatMap, Variable(call, 0), call.Target, call.Arguments[1]),
            "bind" when call.Target is NameSyntax { Name: "cel" } && call.Arguments.Length == 3 =>
                new BindSyntax(call.Span, CelBindKind.Bind, Variable(call, 0), call.Arguments[1], call.Arguments[2]),
            _ => call,
        };
    }

    private static CelSyntax Has(CallSyntax call)
    {
        if (call.Arguments is not [SelectSyntax { IsOptional: false, IsTest: false } field])
            throw new CelRefusal(CelCodes.BadMacroCall.At(call.Span, "has() asks for a field: has(event.field)", "has() 的参数应为字段：has(event.字段)"));
        return new SelectSyntax(call.Span, field.Operand, field.Field, field.FieldSpan, field.IsQuoted, false, true);
    }

    private static LoopSyntax Loop(CallSyntax call, CelLoopKind kind) => call.Arguments.Length switch
    {
        2 => OneVariable(call, kind, null, call.Arguments[1]),
        3 => TwoVariables(call, kind, null, call.Arguments[2]),
        _ => throw Refuse(call),
    };

    private static LoopSyntax Transform(CallSyntax call, CelLoopKind kind) => call.Arguments.Length switch
    {
        3 => TwoVariables(call, kind, null, call.Arguments[2]),
        4 => TwoVariables(call, kind, call.Arguments[2], call.Arguments[3]),
        _ => throw Refuse(call),
    };

    private static LoopSyntax OneVariable(CallSyntax call, CelLoopKind kind, CelSyntax? filter, CelSyntax body) =>
        new(call.Span, kind, call.Target!, Variable(call, 0), null, filter, body);

    private static LoopSyntax TwoVariables(CallSyntax call, CelLoopKind kind, CelSyntax? filter, CelSyntax body)
    {
        var (first, second) = (Variable(call, 0), Variable(call, 1));
        if (first == second)
            throw new CelRefusal(CelCodes.BadMacroCall.At(call.Arguments[1].Span, $"both variables are called '{first}'", $"两个变量同名 '{first}'"));
        return new LoopSyntax(call.Span, kind, call.Target!, first, second, filter, body);
    }

    private static string Variable(CallSyntax call, int index)
    {
        if (call.Arguments[index] is NameSyntax { IsAbsolute: false } name)
            return name.Name;
        throw new CelRefusal(CelCodes.BadMacroCall.At(call.Arguments[index].Span,
            $"{call.Function}() wants a variable name here", $"{call.Function}() 此处应为变量名"));
    }

    private static CelRefusal Refuse(CallSyntax call)
    {
        var usage = call.Function switch
        {
            "map" => "map(x, value) or map(x, condition, value)",
            "filter" => "filter(x, condition)",
            "transformList" or "transformMap" or "transformMapEntry" => $"{call.Function}(i, x, value) or {call.Function}(i, x, condition, value)",
            var name => $"{name}(x, condition) or {name}(i, x, condition)",
        };
        return new CelRefusal(CelCodes.BadMacroCall.At(call.Span, $"{call.Function}() is called as {usage}", $"{call.Function}() 的用法：{usage}"));
    }
}
