namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>The math extension: extremes, rounding, signs, floating-point questions, bits.</summary>
internal static class MathExtension
{
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    internal static IEnumerable<CelFunctionDeclaration> Functions() => [.. Extremes(), .. OnDoubles(), .. OnSigns(), .. OnBits()];

    private static IEnumerable<CelFunctionDeclaration> Extremes()
    {
        yield return Extreme("math.greatest", 1);
        yield return Extreme("math.least", -1);
    }

    // One number, two of any kinds, or a list of them.
    private static CelFunctionDeclaration Extreme(string name, int wanted)
    {
        var overloads = new List<CelOverload>();
        foreach (var a in Numbers)
        {
            overloads.Add(CelOverload.Function(a, a, Conversions.Identity));
            overloads.Add(CelOverload.Function(CelType.List(a), a, list => OfList(list, wanted)));
            foreach (var b in Numbers)
                overloads.Add(CelOverload.Function(a, b, a == b ? a : CelType.Dyn, (first, second) => Better(first, second, wanted)));
        }
        return new CelFunctionDeclaration(name, [.. overloads]);
    }

    private static CelValue Better(CelValue first, CelValue second, int wanted) => CelOrdering.Compare(second, first) == wanted ? second : first;

    private static CelValue OfList(CelValue list, int wanted)
    {
        var items = list.AsList!.Items;
        if (items.Length == 0)
            return CelErrors.BadArgument("the list is empty", "列表为空");
        var best = items[0];
        foreach (var item in items)
        {
            if (item.Kind is not (CelKind.Int or CelKind.Uint or CelKind.Double))
                return CelErrors.NoSuchOverload;
            best = Better(best, item, wanted);
        }
        return best;
    }

    private static IEnumerable<CelFunctionDeclaration> OnDoubles()
    {
        yield return Rounding("math.ceil", Math.Ceiling);
        yield return Rounding("math.floor", Math.Floor);
        yield return Rounding("math.trunc", Math.Truncate);
        yield return Rounding("math.round", number => Math.Round(number, MidpointRounding.AwayFromZero));
        yield return Question("math.isNaN", double.IsNaN);
        yield return Question("math.isInf", double.IsInfinity);
        yield return Question("math.isFinite", double.IsFinite);
        yield return new("math.sqrt",
            CelOverload.Function(CelType.Double, CelType.Double, value => CelValue.Of(Math.Sqrt(value.AsDouble))),
            CelOverload.Function(CelType.Int, CelType.Double, value => CelValue.Of(Math.Sqrt(value.AsInt))),
            CelOverload.Function(CelType.Uint, CelType.Double, value => CelValue.Of(Math.Sqrt(value.AsUint))));
    }

    private static CelFunctionDeclaration Rounding(string name, Func<double, double> round) =>
        new(name, CelOverload.Function(CelType.Double, CelType.Double, value => CelValue.Of(round(value.AsDouble))));

    private static CelFunctionDeclaration Question(string name, Func<double, bool> holds) =>
        new(name, CelOverload.Function(CelType.Double, CelType.Bool, value => CelValue.Of(holds(value.AsDouble))));

    private static IEnumerable<CelFunctionDeclaration> OnSigns()
    {
        yield return new("math.abs",
            CelOverload.Function(CelType.Int, CelType.Int, value => value.AsInt < 0 ? Arithmetic.Negate(value) : value),
            CelOverload.Function(CelType.Uint, CelType.Uint, Conversions.Identity),
            CelOverload.Function(CelType.Double, CelType.Double, value => CelValue.Of(Math.Abs(value.AsDouble))));
        yield return new("math.sign",
            CelOverload.Function(CelType.Int, CelType.Int, value => CelValue.Of((long)Math.Sign(value.AsInt))),
            CelOverload.Function(CelType.Uint, CelType.Uint, value => CelValue.Of(value.AsUint == 0 ? 0UL : 1UL)),
            CelOverload.Function(CelType.Double, CelType.Double, value => double.IsNaN(value.AsDouble) ? value : CelValue.Of((double)Math.Sign(value.AsDouble))));
    }

    private static IEnumerable<CelFunctionDeclaration> OnBits()
    {
        yield return Bitwise("math.bitAnd", (a, b) => a & b);
        yield return Bitwise("math.bitOr", (a, b) => a | b);
        yield return Bitwise("math.bitXor", (a, b) => a ^ b);
        yield return new("math.bitNot",
            CelOverload.Function(CelType.Int, CelType.Int, value => CelValue.Of(~value.AsInt)),
            CelOverload.Function(CelType.Uint, CelType.Uint, value => CelValue.Of(~value.AsUint)));
        yield return Shift("math.bitShiftLeft", (bits, by) => bits << by);
        yield return Shift("math.bitShiftRight", (bits, by) => bits >> by);
    }

    private static CelFunctionDeclaration Bitwise(string name, Func<ulong, ulong, ulong> combine) => new(name,
        CelOverload.Function(CelType.Int, CelType.Int, CelType.Int, (a, b) => CelValue.Of(unchecked((long)combine(a.AsUint, b.AsUint)))),
        CelOverload.Function(CelType.Uint, CelType.Uint, CelType.Uint, (a, b) => CelValue.Of(combine(a.AsUint, b.AsUint))));

    // Bits that are shifted out are gone, and zeros come in on both sides: the sign is a bit like any other.
    private static CelFunctionDeclaration Shift(string name, Func<ulong, int, ulong> shift)
    {
        ulong? Shifted(CelValue bits, CelValue by) => by.AsInt < 0 ? null : by.AsInt >= 64 ? 0 : shift(bits.AsUint, (int)by.AsInt);
        return new CelFunctionDeclaration(name,
            CelOverload.Function(CelType.Int, CelType.Int, CelType.Int, (a, b) => Shifted(a, b) is { } bits ? CelValue.Of(unchecked((long)bits)) : NegativeShift),
            CelOverload.Function(CelType.Uint, CelType.Int, CelType.Uint, (a, b) => Shifted(a, b) is { } bits ? CelValue.Of(bits) : NegativeShift));
    }

    private static readonly CelValue NegativeShift = CelErrors.BadArgument("a shift by less than zero", "移位数为负");
}
