using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <content>Names and fields. The longest declared prefix of <c>a.b.c</c> is the variable, the rest are fields; a macro's variable hides all of them.</content>
internal sealed partial class Checker
{
    private CelNode Name(NameSyntax name)
    {
        var local = name.IsAbsolute ? null : Scope.Find(_scope, name.Name);
        if (local is not null)
            return Local(local, name);
        if (Find(name.Name, name.IsAbsolute) is { } declaration)
            return Declared(declaration, name.Span, name.Name);
        return Unknown(name.Span, name.Name);
    }

    private CelNode Local(Scope local, CelSyntax use)
    {
        if (local is LocalScope variable)
            return Keep(new LocalNode(Place(use.Span), variable.Type, variable.Index, ((NameSyntax)use).Name));
        return InArgument((ArgumentScope)local, static (checker, argument) => checker.Value(argument));
    }

    // Checks a macro's argument where it was written: in the scope of the call.
    private T InArgument<T>(ArgumentScope parameter, Func<Checker, CelSyntax, T> check)
    {
        var (scope, place) = (_scope, _place);
        var inner = _macros.GetRange(parameter.MacroDepth, _macros.Count - parameter.MacroDepth);
        (_scope, _place) = (parameter.CallScope, parameter.CallPlace);
        _macros.RemoveRange(parameter.MacroDepth, inner.Count);
        var result = check(this, parameter.Argument);
        (_scope, _place) = (scope, place);
        _macros.AddRange(inner);
        return result;
    }

    private CelNode Declared(CelDeclaration declaration, CelSpan span, string name) => declaration switch
    {
        VariableDeclaration variable => Keep(new SlotNode(Place(span), _environment.Plain, variable.Field, name)),
        ConstantDeclaration constant => Keep(new ConstantNode(Place(span), constant.Type, constant.Value) { Name = name }),
        MacroDeclaration macro => Substitute(macro, span, []),
        RecordDeclaration record => throw Refuse(CelCodes.RecordAsValue, span,
            $"'{name}' is a record, not a value: name one of its fields", $"'{name}' 是记录，请写明字段", FieldFix(name, record.Record)),
        _ => throw new InvalidOperationException($"unknown declaration of {name}"),
    };

    private static (string En, string Zh)? FieldFix(string name, CelRecordType record) =>
        record.Fields.Length == 0 ? null : ($"for example {name}.{record.Fields[0].Name}", $"例如 {name}.{record.Fields[0].Name}");

    /// <summary>The declaration of a name, from the innermost container outwards.</summary>
    private CelDeclaration? Find(string name, bool isAbsolute)
    {
        for (var container = isAbsolute ? "" : _environment.Container; container.Length > 0; container = Outer(container))
        {
            if (_environment.Find($"{container}.{name}") is { } inner)
                return inner;
        }
        return _environment.Find(name);
    }

    private static string Outer(string container) => container.LastIndexOf('.') is var dot && dot > 0 ? container[..dot] : "";

    private CelNode Select(SelectSyntax select)
    {
        if (!select.IsTest && !select.IsOptional && !select.IsQuoted && Qualified(select) is { } name && Find(name.Text, name.IsAbsolute) is { } declaration)
            return Declared(declaration, select.Span, name.Text);
        if (RecordOf(select.Operand) is { } record)
            return RecordField(select, record.Type, record.Name);
        if (_isChecked && select.Operand is NameSyntax space && Scope.Find(_scope, space.Name) is null && Find(space.Name, space.IsAbsolute) is null && _environment.Spaces.Contains(space.Name))
            throw UnknownMember(select, space.Name);
        return SelectFrom(Value(select.Operand), select);
    }

    /// <summary>The dotted name that a chain of selections spells, unless a macro's variable begins it.</summary>
    private (string Text, bool IsAbsolute)? Qualified(CelSyntax syntax)
    {
        var text = "";
        while (syntax is SelectSyntax { IsTest: false, IsOptional: false, IsQuoted: false } select)
        {
            text = "." + select.Field + text;
            syntax = select.Operand;
        }
        if (syntax is not NameSyntax root || (!root.IsAbsolute && Scope.Find(_scope, root.Name) is not null))
            return null;
        return (root.Name + text, root.IsAbsolute);
    }

    /// <summary>The record that an operand names, itself or as a macro's argument.</summary>
    private (CelRecordType Type, string Name)? RecordOf(CelSyntax operand)
    {
        if (operand is NameSyntax { IsAbsolute: false } name && Scope.Find(_scope, name.Name) is { } local)
            return local is ArgumentScope argument ? InArgument(argument, static (checker, syntax) => checker.RecordOf(syntax)) : null;
        return Qualified(operand) is { } qualified && Find(qualified.Text, qualified.IsAbsolute) is RecordDeclaration record ? (record.Record, qualified.Text) : null;
    }

    private CelNode RecordField(SelectSyntax select, CelRecordType record, string name)
    {
        if (record.Find(select.Field) is not { } field)
            throw UnknownField(select, record);
        var span = Place(select.Span);
        var slot = new SlotNode(span, record, field, $"{name}.{field.Name}");
        if (select.IsTest)
            return Keep(new HasSlotNode(span, slot));
        return select.IsOptional ? Keep(new OptionalSlotNode(span, slot)) : Keep(slot);
    }

    private CelNode SelectFrom(CelNode operand, SelectSyntax select)
    {
        var selection = select.IsTest ? CelSelection.Test : select.IsOptional ? CelSelection.Optional : CelSelection.Read;
        var type = Known(operand.Type);
        if (_isChecked && selection == CelSelection.Read && _environment.FindMember(type, select.Field) is { } member)
            return Keep(new CallNode(Place(select.Span), member.Result, new CelCallSite("." + select.Field, [member]), [operand]));
        var field = _isChecked ? FieldType(type, select) : CelType.Dyn;
        var result = selection switch
        {
            CelSelection.Test => CelType.Bool,
            CelSelection.Optional => CelType.Optional(field),
            _ => CelTypes.IsOptional(type) ? CelType.Optional(field) : field,
        };
        return Keep(new SelectNode(Place(select.Span), result, operand, select.Field, selection));
    }

    private CelType FieldType(CelType operand, SelectSyntax select)
    {
        var type = CelTypes.IsOptional(operand) ? Known(operand.Parameters[0]) : operand;
        if (CelTypes.IsMap(type))
        {
            if (_types.Agree(type.Parameters[0], CelType.String))
                return type.Parameters[1];
            throw Refuse(CelCodes.NoFields, select.FieldSpan, $"the keys of {Show(type)} are no names", $"{Show(type)} 的键不是名称");
        }
        if (CelTypes.IsDyn(type) || CelTypes.IsVariable(type))
            return CelType.Dyn;
        var known = _environment.MembersOf(type);
        throw Refuse(CelCodes.NoFields, select.FieldSpan, $"{Show(type)} has no field '{select.Field}'", $"{Show(type)} 没有字段 '{select.Field}'",
            DidYouMean(select.Field, known));
    }
}
