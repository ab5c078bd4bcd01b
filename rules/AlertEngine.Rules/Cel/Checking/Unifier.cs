namespace AlertEngine.Rules.Cel.Checking;

/// <summary>
/// What type variables stand for, and whether one type can be used where another is wanted. <c>dyn</c> goes with everything; where a
/// variable meets two agreeing types, the more general one stays.
/// </summary>
internal sealed class Unifier
{
    private readonly Dictionary<string, CelType> _meaning = new(StringComparer.Ordinal);
    private int _fresh;

    /// <summary>A new type variable.</summary>
    internal CelType Fresh() => CelType.Named($"{CelTypes.Mark}{_fresh++}");

    /// <summary>A state to come back to when an overload turns out not to fit.</summary>
    internal Dictionary<string, CelType>? Save() => _meaning.Count == 0 ? null : new(_meaning, StringComparer.Ordinal);

    internal void Restore(Dictionary<string, CelType>? saved)
    {
        _meaning.Clear();
        if (saved is null)
            return;
        foreach (var (name, type) in saved)
            _meaning[name] = type;
    }

    /// <summary>A declaration's type with fresh variables for its parameters; <paramref name="names"/> is shared by the types of one overload.</summary>
    internal CelType Instantiate(CelType type, Dictionary<string, CelType> names)
    {
        if (CelTypes.IsVariable(type))
        {
            if (!names.TryGetValue(type.Name, out var fresh))
                names[type.Name] = fresh = Fresh();
            return fresh;
        }
        return type.Parameters.Length == 0 ? type : CelTypes.With(type, type.Parameters.Select(parameter => Instantiate(parameter, names)));
    }

    /// <summary>The type with its variables replaced, as far as they are known; <paramref name="open"/> is what an unknown one becomes.</summary>
    internal CelType Resolve(CelType type, CelType? open = null)
    {
        if (CelTypes.IsVariable(type))
            return _meaning.TryGetValue(type.Name, out var meaning) ? Resolve(meaning, open) : open ?? type;
        if (type.Parameters.Length == 0 || type.Record is not null)
            return type;
        return CelTypes.With(type, type.Parameters.Select(parameter => Resolve(parameter, open)));
    }

    /// <summary>Whether a value of <paramref name="given"/> can stand where <paramref name="wanted"/> is wanted; binds variables on the way.</summary>
    internal bool Agree(CelType wanted, CelType given)
    {
        if (CelTypes.IsVariable(given))
        {
            var (fits, isBound) = Substitute(wanted, given);
            if (fits || isBound)
                return fits;
        }
        if (CelTypes.IsVariable(wanted))
            return Substitute(given, wanted).Fits;
        if (CelTypes.IsDyn(wanted) || CelTypes.IsDyn(given))
            return true;
        if (wanted == CelType.Null || given == CelType.Null)
            return NullAgrees(wanted == CelType.Null ? given : wanted);
        if (wanted.Name != given.Name || !ReferenceEquals(wanted.Record, given.Record))
            return false;
        // All types of types are one: type(int) == type(string) is a question, not a mistake.
        return wanted.Name == "type" || AllAgree(wanted, given);
    }

    /// <summary>The type of a list that holds both; null where they do not agree.</summary>
    internal CelType? Join(CelType left, CelType right) => Agree(left, right) ? MoreGeneral(left, right) : null;

    private bool AllAgree(CelType wanted, CelType given)
    {
        if (wanted.Parameters.Length != given.Parameters.Length)
            return false;
        for (var i = 0; i < wanted.Parameters.Length; i++)
        {
            if (!Agree(wanted.Parameters[i], given.Parameters[i]))
                return false;
        }
        return true;
    }

    // JSON has null in the place of these, so null may be compared with them.
    private static bool NullAgrees(CelType other) => CelKinds.Of(other) is CelKind.Null or CelKind.Timestamp or CelKind.Duration or CelKind.Opaque;

    private (bool Fits, bool IsBound) Substitute(CelType type, CelType variable)
    {
        if (type == variable)
            return (true, true);
        if (_meaning.TryGetValue(variable.Name, out var meaning))
        {
            if (type == meaning)
                return (true, true);
            if (!Agree(type, meaning))
                return (false, true);
            var general = MoreGeneral(type, meaning);
            if (!Mentions(general, variable))
                _meaning[variable.Name] = general;
            return (true, true);
        }
        if (Mentions(type, variable))
            return (false, false);
        _meaning[variable.Name] = type;
        return (true, false);
    }

    private bool Mentions(CelType type, CelType variable)
    {
        if (type == variable)
            return true;
        if (CelTypes.IsVariable(type))
            return _meaning.TryGetValue(type.Name, out var meaning) && Mentions(meaning, variable);
        return type.Parameters.Any(parameter => Mentions(parameter, variable));
    }

    private static CelType MoreGeneral(CelType left, CelType right) => IsAtLeastAsGeneral(left, right) ? left : right;

    private static bool IsAtLeastAsGeneral(CelType left, CelType right)
    {
        if (CelTypes.IsDyn(left) || CelTypes.IsVariable(left))
            return true;
        if (CelTypes.IsDyn(right) || CelTypes.IsVariable(right))
            return false;
        if (left.Name != right.Name || left.Parameters.Length != right.Parameters.Length)
            return false;
        for (var i = 0; i < left.Parameters.Length; i++)
        {
            if (!IsAtLeastAsGeneral(left.Parameters[i], right.Parameters[i]))
                return false;
        }
        return true;
    }
}
