using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>A name that a macro or binding adds. Scopes are a list from the innermost outwards; a macro of the rule file starts a new list.</summary>
internal abstract class Scope(string name, Scope? outer)
{
    internal static Scope? Find(Scope? scope, string name)
    {
        while (scope is not null && scope._name != name)
            scope = scope._outer;
        return scope;
    }

    private readonly string _name = name;
    private readonly Scope? _outer = outer;
}

/// <summary>A variable of a loop or binding.</summary>
internal sealed class LocalScope(string name, Scope? outer, CelType type, int index) : Scope(name, outer)
{
    internal CelType Type { get; } = type;

    internal int Index { get; } = index;
}

/// <summary>
/// A parameter of a macro of the rule file: it stands for the argument, checked in the scope of the call and at the argument's own
/// place. That is what makes substitution hygienic.
/// </summary>
internal sealed class ArgumentScope(string name, Scope? outer, CelSyntax argument, Scope? scope, CelSpan? place, int macroDepth) : Scope(name, outer)
{
    internal CelSyntax Argument { get; } = argument;

    internal Scope? CallScope { get; } = scope;

    internal CelSpan? CallPlace { get; } = place;

    /// <summary>How many macros were being put in around the call.</summary>
    internal int MacroDepth { get; } = macroDepth;

}
