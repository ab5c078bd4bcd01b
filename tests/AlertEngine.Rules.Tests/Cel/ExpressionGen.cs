using System.Globalization;
using AlertEngine.Rules.Cel;
using CsCheck;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>
/// Well-typed expressions as source text, and frames to evaluate them over: fields that are missing, at the ends of their range, not a
/// number, or (as a broken decoder might leave them) of another kind than declared.
/// </summary>
internal static class ExpressionGen
{
    private const int Depth = 4;

    internal static readonly CelRecordType Event = new("test", 0,
    [
        new("flag", CelType.Bool, 0), new("count", CelType.Int, 1), new("total", CelType.Int, 2), new("level", CelType.Double, 3), new("ratio", CelType.Double, 4),
        new("name", CelType.String, 5), new("kind", CelType.String, 6, true), new("size", CelType.Uint, 7), new("time", CelType.Timestamp, 8),
        new("span", CelType.Duration, 9), new("tags", CelType.List(CelType.String), 10), new("points", CelType.List(CelType.Int), 11),
        new("labels", CelType.Map(CelType.String, CelType.Int), 12), new("any", CelType.Dyn, 13), new("opt", CelType.Optional(CelType.Int), 14),
    ]);

    internal static readonly CelEnvironment Environment = CelEnvironment.Standard
        .Declare("event", CelType.Of(Event))
        .DeclareConstant("lists.names", CelTypes.ListOfString, CelValue.List(["a", "b", "水位"]))
        .DeclareMacro("macros.twice", ["x"], "x + x")
        .DeclareMacro("macros.high", [], "event.level > 1.5");

    private static readonly Dictionary<(string, int), Gen<string>> Made = [];

    private static readonly Gen<string> ShortText = Constant("", "a", "b", "ab", "水位", "🐱a", "5", "1h");

    internal static readonly Gen<string> Any = Gen.OneOf(
        Bool(Depth), Bool(Depth), Int(Depth), Double(Depth), String(Depth), Uint(Depth), Time(Depth), Span(Depth), Ints(Depth), Strings(Depth), Dyn(Depth), Optional(Depth), Map(Depth));

    private static readonly Gen<CelValue> IntValue = Gen.OneOf(Gen.Long[-3, 3], Constant(long.MinValue, long.MaxValue, 9007199254740993)).Select(CelValue.Of);
    private static readonly Gen<CelValue> DoubleValue = Constant(0.0, -0.0, 1.0, 1.5, -2.0, 1e300, double.NaN, double.PositiveInfinity, 9007199254740992.0).Select(CelValue.Of);
    private static readonly Gen<CelValue> TextValue = ShortText.Select(CelValue.Of);
    private static readonly Gen<CelValue> UintValue = Constant(0UL, 1UL, 3UL, ulong.MaxValue).Select(CelValue.Of);
    private static readonly Gen<CelValue> TimeValue = Gen.Long[-3, 2_000_000_000].Select(seconds => CelValue.Of(NodaTime.Instant.FromUnixTimeSeconds(seconds)));
    private static readonly Gen<CelValue> SpanValue = Gen.Long[-4000, 4000].Select(seconds => CelValue.Of(NodaTime.Duration.FromSeconds(seconds)));
    private static readonly Gen<CelValue> TextsValue = TextValue.Array[0, 3].Select(items => CelValue.List(items));
    private static readonly Gen<CelValue> IntsValue = IntValue.Array[0, 4].Select(items => CelValue.List(items));
    private static readonly Gen<CelValue> MapValue = IntValue.Array[0, 3].Select(items => CelValue.Map(items.Select((item, i) => KeyValuePair.Create(((char)('a' + i)).ToString(), item))));
    private static readonly Gen<CelValue> OptionalValue = Gen.OneOf(IntValue.Select(CelValue.Optional), Gen.Const(CelValue.NoneOptional));
    private static readonly Gen<CelValue> AnyValue = Gen.OneOf(IntValue, DoubleValue, TextValue, UintValue, IntsValue, MapValue, Gen.Const(CelValue.Null), Gen.Bool.Select(CelValue.Of));

    internal static readonly Gen<CelFrame> Frame = Slots().Select(slots =>
    {
        var frame = Environment.CreateFrame();
        frame.Records[0] = slots;
        return frame;
    });

    private static Gen<CelValue[]> Slots()
    {
        Gen<CelValue>[] typed =
        [
            Gen.Bool.Select(CelValue.Of), IntValue, IntValue, DoubleValue, DoubleValue, TextValue, TextValue, UintValue, TimeValue, SpanValue, TextsValue, IntsValue, MapValue, AnyValue, OptionalValue,
        ];
        var slots = typed.Select(field => Gen.Frequency((12, field), (1, Gen.Const(default(CelValue))), (1, AnyValue))).ToArray();
        return slots.Aggregate(Gen.Const(Array.Empty<CelValue>()), (made, slot) => Gen.Select(made, slot, (former, value) => (CelValue[])[.. former, value]));
    }

    private static Gen<T> Constant<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> Of(int depth, Gen<string> leaf, params Func<int, Gen<string>>[] branches) =>
        depth == 0 ? leaf : Gen.Frequency([(branches.Length, leaf), .. branches.Select(branch => (2, branch(depth - 1)))]);

    private static Gen<string> Two(Gen<string> left, Gen<string> right, params string[] operators) =>
        Gen.Select(left, Constant(operators), right, (a, sign, b) => $"({a} {sign} {b})");

    private static Gen<string> Once(string name, int depth, Func<Gen<string>> make)
    {
        if (!Made.TryGetValue((name, depth), out var gen))
            Made[(name, depth)] = gen = make();
        return gen;
    }

    private static Gen<string> Bool(int depth) => Once("bool", depth, () => Of(depth,
        Constant("true", "false", "event.flag", "has(event.kind)", "has(event.level)", "macros.high"),
        d => Two(Bool(d), Bool(d), "&&", "||", "==", "!="), d => Two(Bool(d), Bool(d), "&&", "||"), d => Bool(d).Select(x => $"!{x}"),
        d => Two(Int(d), Int(d), "<", "<=", ">", ">=", "==", "!="), d => Two(Double(d), Double(d), "<", "<=", ">", ">=", "==", "!="),
        d => Two(String(d), String(d), "<", "<=", ">", ">=", "==", "!="), d => Two(Uint(d), Uint(d), "<", ">=", "=="), d => Two(Time(d), Time(d), "<", ">=", "=="),
        d => Two(Dyn(d), Dyn(d), "<", ">", "==", "!="), d => Choice(Bool(d), Bool(d)), d => String(d).Select(x => $"({x} in lists.names)"),
        d => Int(d).Select(x => $"({x} in [1, 2, -3])"), d => Two(Int(d), Ints(d), "in"), d => Two(String(d), Strings(d), "in"), d => Two(String(d), Map(d), "in"),
        d => Gen.Select(String(d), Constant("contains", "startsWith", "endsWith"), String(d), (a, f, b) => $"{a}.{f}({b})"),
        d => String(d).Select(x => $"{x}.matches('^[a水]+.?$')"), d => Optional(d).Select(x => $"{x}.hasValue()"), d => Map(d).Select(x => $"has({x}.a)"),
        d => Loop(d, "all", "exists", "exists_one"), d => Ints(d).SelectMany(x => Bool(0).Select(y => $"{x}.exists(i, v, v > i || {y})")), d => Bind(d, Bool(d))));

    private static Gen<string> Choice(Gen<string> condition, Gen<string> branch) => Gen.Select(condition, branch, branch, (c, a, b) => $"({c} ? {a} : {b})");

    private static Gen<string> Loop(int depth, params string[] macros) =>
        Gen.Select(Ints(depth), Constant(macros), Int(0), Constant("<", "==", ">"), Bool(0), (list, macro, x, sign, y) => $"{list}.{macro}(v, v {sign} {x} || {y})");

    private static Gen<string> Bind(int depth, Gen<string> body) => Gen.Select(Int(depth), body, (value, inner) => $"cel.bind(b, {value}, (b > 0 || true) ? {inner} : {inner})");

    private static Gen<string> Int(int depth) => Once("int", depth, () => Of(depth,
        Gen.OneOf(Constant("event.count", "event.total", "0", "1", "-1", "9223372036854775807", "(-9223372036854775808)"), Gen.Int[-9, 9].Select(n => n < 0 ? $"({n})" : $"{n}")),
        d => Two(Int(d), Int(d), "+", "-", "*", "/", "%"), d => Int(d).Select(x => $"-({x})"), d => Choice(Bool(d), Int(d)), d => String(d).Select(x => $"size({x})"),
        d => Ints(d).Select(x => $"{x}.size()"), d => Gen.Select(Ints(d), Int(0), (x, i) => $"{x}[{i}]"), d => Map(d).Select(x => $"{x}.a"), d => Double(d).Select(x => $"int({x})"),
        d => Optional(d).Select(x => $"{x}.orValue(7)"), d => Time(d).Select(x => $"{x}.getHours('Asia/Shanghai')"), d => Uint(d).Select(x => $"int({x})"),
        d => Int(d).Select(x => $"math.abs({x})"), d => Int(d).Select(x => $"macros.twice({x})"), d => Bind(d, Int(d)), d => String(d).Select(x => $"int({x})")));

    private static Gen<string> Uint(int depth) => Once("uint", depth, () => Of(depth, Constant("event.size", "0u", "2u", "18446744073709551615u"),
        d => Two(Uint(d), Uint(d), "+", "-", "*", "/", "%"), d => Int(d).Select(x => $"uint({x})"), d => Choice(Bool(d), Uint(d))));

    private static Gen<string> Double(int depth) => Once("double", depth, () => Of(depth,
        Gen.OneOf(Constant("event.level", "event.ratio", "0.0", "1.5", "1e300"), Gen.Int[0, 40].Select(n => (n / 4.0).ToString("F2", CultureInfo.InvariantCulture))),
        d => Two(Double(d), Double(d), "+", "-", "*", "/"), d => Double(d).Select(x => $"-({x})"), d => Int(d).Select(x => $"double({x})"), d => Choice(Bool(d), Double(d)),
        d => Double(d).Select(x => $"math.floor({x})"), d => String(d).Select(x => $"double({x})"), d => Double(d).Select(x => $"macros.twice({x})")));

    private static Gen<string> String(int depth) => Once("string", depth, () => Of(depth,
        Gen.OneOf(Constant("event.name", "event.kind"), ShortText.Select(text => $"'{text}'")),
        d => Two(String(d), String(d), "+"), d => Choice(Bool(d), String(d)), d => Int(d).Select(x => $"string({x})"), d => Gen.Select(String(d), Int(0), (x, i) => $"{x}.charAt({i})"),
        d => Gen.Select(Strings(d), Int(0), (x, i) => $"{x}[{i}]"), d => String(d).Select(x => $"{x}.upperAscii()"), d => Strings(d).Select(x => $"{x}.join('-')")));

    private static Gen<string> Time(int depth) => Once("time", depth, () => Of(depth, Constant("event.time", "timestamp('2026-07-01T08:00:00+08:00')", "timestamp('9999-12-31T23:59:59Z')"),
        d => Two(Time(d), Span(d), "+", "-"), d => Choice(Bool(d), Time(d)), d => Int(d).Select(x => $"timestamp({x})")));

    private static Gen<string> Span(int depth) => Once("span", depth, () => Of(depth, Constant("event.span", "duration('10m')", "duration('-1.5s')"),
        d => Two(Span(d), Span(d), "+", "-"), d => Two(Time(d), Time(d), "-"), d => String(d).Select(x => $"duration('' + {x})")));

    private static Gen<string> Ints(int depth) => Once("ints", depth, () => Of(depth, Constant("event.points", "[1, 2, 3]", "[0]"),
        d => Int(d).Array[0, 3].Select(items => items.Length == 0 ? "[1]" : $"[{string.Join(", ", items)}]"), d => Two(Ints(d), Ints(d), "+"), d => Choice(Bool(d), Ints(d)),
        d => Gen.Select(Ints(d), Int(0), (x, y) => $"{x}.map(v, v + {y})"), d => Loop(d, "filter"), d => Ints(d).Select(x => $"{x}.transformList(i, v, v > 0, v * i)"),
        d => Optional(d).Select(x => $"[?{x}, 5]")));

    private static Gen<string> Strings(int depth) => Once("strings", depth, () => Of(depth, Constant("event.tags", "lists.names", "['x']"),
        d => String(d).Array[1, 3].Select(items => $"[{string.Join(", ", items)}]"), d => String(d).Select(x => $"{x}.split('a')"), d => Map(d).Select(x => $"{x}.map(k, k)")));

    private static Gen<string> Map(int depth) => Once("map", depth, () => Of(depth, Constant("event.labels", "{'a': 1, 'b': 2}"),
        d => Gen.Select(String(d), Int(d), (key, value) => $"{{{key}: {value}, 'q': 1}}"), d => Map(d).Select(x => $"{x}.transformMap(k, v, v + size(k))"), d => Choice(Bool(d), Map(d))));

    private static Gen<string> Optional(int depth) => Once("optional", depth, () => Of(depth, Constant("event.?count", "event.opt", "optional.none()", "event.labels.?a"),
        d => Int(d).Select(x => $"optional.of({x})"), d => Gen.Select(Optional(d), Int(0), (x, y) => $"{x}.optMap(v, v + {y})"), d => Gen.Select(Optional(d), Optional(d), (a, b) => $"{a}.or({b})"), d => Gen.Select(Ints(d), Int(0), (x, i) => $"{x}[?{i}]")));

    private static Gen<string> Dyn(int depth) => Once("dyn", depth, () => Of(depth, Constant("event.any", "dyn(1)", "dyn(1.0)", "dyn('a')", "event.any.a", "null"),
        d => Int(d).Select(x => $"dyn({x})"), d => Double(d).Select(x => $"dyn({x})"), d => Gen.Select(Bool(d), Int(d), String(d), (c, a, b) => $"({c} ? dyn({a}) : dyn({b}))"),
        d => Ints(d).Select(x => $"dyn({x})"), d => Gen.Select(Int(d), String(d), (a, b) => $"[{a}, {b}][0]")));
}
