using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Interpretation;

/// <summary>The body of a loop: reads the frame's locals. Conditions answer 1, 0 or −1 (error), values answer values.</summary>
internal delegate int LoopTest(CelFrame frame);

/// <summary>
/// The macros over lists and maps. Both forms run these loops, over bodies of their own. Every turn is a step; a loop, with all loops
/// inside it, has a budget of them, which depends on nothing but data and expression.
/// </summary>
internal static class Loops
{
    internal const int MaximumSteps = 1_000_000;

    /// <summary>Marks a loop that no other surrounds: it starts the budget.</summary>
    internal sealed record Shape(CelLoopKind Kind, int FirstLocal, bool HasTwo, bool IsOutermost);

    internal static CelValue Run(CelFrame frame, Shape shape, CelValue range, LoopTest? filter, LoopTest? test, CelFunction? value)
    {
        if (range.IsError)
            return range;
        if (shape.IsOutermost)
            frame.Steps = 0;
        var items = new Items(range, shape.HasTwo);
        if (!items.IsIterable)
            return CelErrors.NoSuchOverload;
        return shape.Kind switch
        {
            CelLoopKind.All => Decide(frame, shape, items, test!, 0),
            CelLoopKind.Exists => Decide(frame, shape, items, test!, 1),
            CelLoopKind.ExistsOne => ExistsOne(frame, shape, items, test!),
            CelLoopKind.Filter => Filter(frame, shape, items, test!),
            CelLoopKind.Map => Map(frame, shape, items, filter, value!),
            CelLoopKind.TransformMap => TransformMap(frame, shape, items, filter, value!),
            _ => TransformEntries(frame, shape, items, filter, value!),
        };
    }

    // all ends at the first false, exists at the first true, whatever errors came before.
    private static CelValue Decide(CelFrame frame, Shape shape, Items items, LoopTest test, int deciding)
    {
        var hasError = false;
        for (var i = 0; i < items.Count; i++)
        {
            if (!Step(frame, shape, items, i))
                return CelErrors.TooManySteps;
            var answer = test(frame);
            if (answer == deciding)
                return CelValue.Of(deciding == 1);
            hasError |= answer < 0;
        }
        return hasError ? CelErrors.Unexplained : CelValue.Of(deciding == 0);
    }

    private static CelValue ExistsOne(CelFrame frame, Shape shape, Items items, LoopTest test)
    {
        var count = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (!Step(frame, shape, items, i))
                return CelErrors.TooManySteps;
            var answer = test(frame);
            if (answer < 0)
                return CelErrors.Unexplained;
            count += answer;
        }
        return CelValue.Of(count == 1);
    }

    private static CelValue Filter(CelFrame frame, Shape shape, Items items, LoopTest test)
    {
        var kept = new List<CelValue>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!Step(frame, shape, items, i))
                return CelErrors.TooManySteps;
            var answer = test(frame);
            if (answer < 0)
                return CelErrors.Unexplained;
            if (answer == 1)
                kept.Add(items.First(i));
        }
        return CelValue.Of(new CelList([.. kept]));
    }

    private static CelValue Map(CelFrame frame, Shape shape, Items items, LoopTest? filter, CelFunction value)
    {
        var made = new List<CelValue>();
        var fault = Transform(frame, shape, items, filter, value, (_, result) =>
        {
            made.Add(result);
            return default;
        });
        return fault.IsError ? fault : CelValue.Of(new CelList([.. made]));
    }

    private static CelValue TransformMap(CelFrame frame, Shape shape, Items items, LoopTest? filter, CelFunction value)
    {
        var (keys, values) = (new List<CelValue>(), new List<CelValue>());
        var fault = Transform(frame, shape, items, filter, value, (key, result) =>
        {
            keys.Add(key);
            values.Add(result);
            return default;
        });
        return fault.IsError ? fault : CelMap.Create([.. keys], [.. values]);
    }

    private static CelValue TransformEntries(CelFrame frame, Shape shape, Items items, LoopTest? filter, CelFunction value)
    {
        var (keys, values) = (new List<CelValue>(), new List<CelValue>());
        var fault = Transform(frame, shape, items, filter, value, (_, result) =>
        {
            if (result.AsMap is not { } map)
                return CelErrors.NoSuchOverload;
            keys.AddRange(map.Keys);
            values.AddRange(map.Values);
            return default;
        });
        return fault.IsError ? fault : CelMap.Create([.. keys], [.. values]);
    }

    private static CelValue Transform(CelFrame frame, Shape shape, Items items, LoopTest? filter, CelFunction value, Func<CelValue, CelValue, CelValue> take)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!Step(frame, shape, items, i))
                return CelErrors.TooManySteps;
            var answer = filter is null ? 1 : filter(frame);
            if (answer < 0)
                return CelErrors.Unexplained;
            if (answer == 0)
                continue;
            var result = value(frame);
            if (result.IsError)
                return result;
            frame.Steps += Weight(result);
            var fault = take(items.First(i), result);
            if (fault.IsError)
                return fault;
        }
        return default;
    }

    // What is kept counts too, or a loop could fill the memory within its turns.
    private static int Weight(CelValue kept) => kept.Kind switch
    {
        CelKind.String => kept.AsString!.Length / 16,
        CelKind.List => kept.AsList!.Count,
        CelKind.Map => kept.AsMap!.Count,
        CelKind.Bytes => kept.AsBytes!.Length / 32,
        _ => 0,
    };

    private static bool Step(CelFrame frame, Shape shape, Items items, int index)
    {
        if (++frame.Steps > MaximumSteps)
            return false;
        frame.Locals[shape.FirstLocal] = items.First(index);
        if (shape.HasTwo)
            frame.Locals[shape.FirstLocal + 1] = items.Second(index);
        return true;
    }

    // What a loop walks: elements, or keys; with two variables indices and elements, or keys and values.
    private readonly struct Items(CelValue range, bool hasTwo)
    {
        private readonly CelList? _list = range.AsList;
        private readonly CelMap? _map = range.AsMap;

        internal bool IsIterable => _list is not null || _map is not null;

        internal int Count => _list?.Count ?? _map!.Count;

        internal CelValue First(int index) => _list is null ? _map!.Keys[index] : hasTwo ? CelValue.Of((long)index) : _list[index];

        internal CelValue Second(int index) => _list is null ? _map!.Values[index] : _list[index];
    }
}
