using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <content>What is said when something does not fit, and what to write instead.</content>
internal sealed partial class Checker
{
    private CelRefusal Refuse(CelCode code, CelSpan span, string en, string zh, (string En, string Zh)? fix = null, string? replacement = null)
    {
        if (_macros.Count > 0 && _place is not null)
            (en, zh) = ($"in macro '{_macros[^1]}': {en}", $"宏 '{_macros[^1]}' 内：{zh}");
        return new CelRefusal(code.At(Place(span), en, zh) with { FixEn = fix?.En, FixZh = fix?.Zh, Replacement = _place is null ? replacement : null });
    }

    private static (string En, string Zh)? DidYouMean(string written, IEnumerable<string> known) =>
        Suggestion.Nearest(written, known) is { } name ? ($"did you mean '{name}'?", $"是否想写 '{name}'？") : null;

    private CelRefusal UnknownField(SelectSyntax select, CelRecordType record)
    {
        var nearest = Suggestion.Nearest(select.Field, record.Fields.Select(field => field.Name));
        var unit = nearest is null || record.Find(nearest)!.Unit is not { } known ? "" : $" ({known})";
        (string, string)? fix = nearest is null ? null : ($"did you mean '{nearest}'{unit}?", $"是否想写 '{nearest}'{unit}？");
        return Refuse(CelCodes.UnknownField, select.FieldSpan, $"no field '{select.Field}' on {record.Name}", $"{record.Name} 没有字段 '{select.Field}'", fix, nearest);
    }

    private CelNode Unknown(CelSpan span, string name)
    {
        if (!_isChecked)
            return Keep(new ConstantNode(Place(span), CelType.Dyn, CelErrors.UnknownName(name)));
        var nearest = Suggestion.Nearest(name, _environment.Names.Where(known => !known.Contains('.')).Concat(_environment.Spaces));
        throw Refuse(CelCodes.UnknownName, span, $"unknown name '{name}'", $"未知的名称 '{name}'", DidYouMean(name, nearest is null ? [] : [nearest]), nearest);
    }

    // lists.station, where lists.stations is declared: the space is known, the name in it is not.
    private CelRefusal UnknownMember(SelectSyntax select, string space)
    {
        var name = $"{space}.{select.Field}";
        var nearest = Suggestion.Nearest(name, _environment.Names.Where(known => known.StartsWith(space + ".", StringComparison.Ordinal)));
        return Refuse(CelCodes.UnknownName, select.Span, $"unknown name '{name}'", $"未知的名称 '{name}'", DidYouMean(name, nearest is null ? [] : [nearest]), nearest);
    }

    private CelNode UnknownFunction(CallSyntax call, string name, CelSpan span, bool isMember)
    {
        if (!_isChecked)
            return Keep(new ConstantNode(Place(call.Span), CelType.Dyn, CelErrors.UnknownName(name)));
        var known = _environment.Functions.Where(function => function.Overloads.Any(overload => overload.IsMember == isMember)).Select(function => function.Name);
        var space = isMember && Qualified(call.Target!) is { } qualified ? qualified.Text : null;
        if (space is not null && _environment.Spaces.Contains(space))
        {
            (name, span) = ($"{space}.{name}", call.Target!.Span.To(call.NameSpan));
            known = _environment.Functions.Select(function => function.Name).Where(other => other.StartsWith(space + ".", StringComparison.Ordinal));
        }
        var nearest = Suggestion.Nearest(name, known);
        throw Refuse(CelCodes.UnknownFunction, span, $"unknown function '{name}'", $"未知的函数 '{name}'", DidYouMean(name, nearest is null ? [] : [nearest]), nearest);
    }

    private CelNode NoOverload(CallSyntax call, CelFunctionDeclaration function, ImmutableArray<CelNode> arguments, bool isMember)
    {
        if (!_isChecked)
            return Keep(new CallNode(Place(call.Span), CelType.Dyn, new CelCallSite(function.Name, []), arguments));
        if (call.Arguments.Length == 2 && call.Target is null && MixedNumbers(call.Arguments[0], arguments[0], call.Arguments[1], arguments[1]) is { } mixed)
            throw mixed;
        var written = CelOperators.Written(function.Name);
        var types = string.Join(", ", arguments.Skip(isMember ? 1 : 0).Select(argument => Show(argument.Type)));
        var shown = isMember ? $"{Show(arguments[0].Type)}.{written}({types})" : call.NameSpan == call.Span || char.IsLetter(written[0]) && written != "in" ? $"{written}({types})"
            : arguments.Length == 2 ? $"{Show(arguments[0].Type)} {written} {Show(arguments[1].Type)}" : $"{written} {types}";
        throw Refuse(CelCodes.NoOverload, call.Span, $"no such operation: {shown}", $"没有这样的运算：{shown}");
    }

    // int against double: a literal is rewritten, anything else converted.
    private CelRefusal? MixedNumbers(CelSyntax left, CelNode leftNode, CelSyntax right, CelNode rightNode)
    {
        var (a, b) = (CelKinds.Of(Known(leftNode.Type)), CelKinds.Of(Known(rightNode.Type)));
        if (a == CelKind.Int && b == CelKind.Double)
            return MixedNumber(left, leftNode);
        return a == CelKind.Double && b == CelKind.Int ? MixedNumber(right, rightNode) : null;
    }

    private CelRefusal MixedNumber(CelSyntax syntax, CelNode node)
    {
        if (node is ConstantNode { Name: null, Value.IsInt: true } literal)
        {
            var text = literal.Value.AsInt.ToString(CultureInfo.InvariantCulture);
            return Refuse(CelCodes.MixedNumbers, syntax.Span, $"{text} is an int, the other side is a double", $"{text} 是整数，另一边是小数",
                ($"write {text}.0", $"请写 {text}.0"), $"{text}.0");
        }
        return Refuse(CelCodes.MixedNumbers, syntax.Span, "this is an int, the other side is a double", "这里是整数，另一边是小数",
            ("write double(…) around it", "请用 double(…) 转换"));
    }

    // event.district == gulou: a name that nothing declares, compared with a text.
    private void RefuseUnquoted(CallSyntax call)
    {
        if (!_isChecked || call.Arguments.Length != 2 || CelOperators.Written(call.Function) == call.Function)
            return;
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var names = right is ListSyntax list && call.Function == CelOperators.In ? list.Elements : [right];
        if (names.FirstOrDefault(IsUndeclared) is NameSyntax wrong && !IsUndeclared(left))
            RefuseUnquoted(wrong, left);
        else if (IsUndeclared(left) && !IsUndeclared(right) && call.Function != CelOperators.In)
            RefuseUnquoted((NameSyntax)left, right);
    }

    private void RefuseUnquoted(NameSyntax wrong, CelSyntax other)
    {
        if (Known(Value(other).Type) != CelType.String)
            return;
        throw Refuse(CelCodes.UnquotedText, wrong.Span, $"text '{wrong.Name}' without quotes", $"文本 '{wrong.Name}' 缺少引号",
            ($"write '{wrong.Name}' in quotes", $"请加引号：'{wrong.Name}'"), $"'{wrong.Name}'");
    }

    private bool IsUndeclared(CelSyntax syntax) =>
        syntax is NameSyntax name && (name.IsAbsolute || Scope.Find(_scope, name.Name) is null) && Find(name.Name, name.IsAbsolute) is null;
}
