namespace AlertEngine.Rules.Cel;

/// <summary>
/// One call in an expression, with the overloads that its static types leave. At run time the first that takes the kinds of the
/// arguments is called. An argument that is an error is the result. Both forms of an expression call through here.
/// </summary>
internal sealed class CelCallSite(string function, CelOverload[] candidates)
{
    internal string Function { get; } = function;

    internal CelOverload[] Candidates { get; } = candidates;

    internal CelValue Call1(CelValue argument)
    {
        if (argument.IsError)
            return argument;
        foreach (var overload in Candidates)
        {
            if (overload.Takes(0, argument))
                return overload.Body is CelBody1 body ? body(argument) : CelErrors.NoSuchOverload;
        }
        return CelErrors.NoSuchOverload;
    }

    internal CelValue Call2(CelValue first, CelValue second)
    {
        if (first.IsError)
            return first;
        if (second.IsError)
            return second;
        foreach (var overload in Candidates)
        {
            if (overload.Takes(0, first) && overload.Takes(1, second))
                return overload.Body is CelBody2 body ? body(first, second) : CelErrors.NoSuchOverload;
        }
        return CelErrors.NoSuchOverload;
    }

    internal CelValue Call3(CelValue first, CelValue second, CelValue third)
    {
        if (first.IsError)
            return first;
        if (second.IsError)
            return second;
        if (third.IsError)
            return third;
        foreach (var overload in Candidates)
        {
            if (overload.Takes(0, first) && overload.Takes(1, second) && overload.Takes(2, third))
                return overload.Body is CelBody3 body ? body(first, second, third) : CelErrors.NoSuchOverload;
        }
        return CelErrors.NoSuchOverload;
    }

    internal CelValue CallN(CelFrame frame, CelValue[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.IsError)
                return argument;
        }
        foreach (var overload in Candidates)
        {
            if (TakesAll(overload, arguments))
                return Invoke(overload, frame, arguments);
        }
        return CelErrors.NoSuchOverload;
    }

    private static bool TakesAll(CelOverload overload, CelValue[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!overload.Takes(i, arguments[i]))
                return false;
        }
        return true;
    }

    private static CelValue Invoke(CelOverload overload, CelFrame frame, CelValue[] arguments) => overload.Body switch
    {
        CelBody1 body => body(arguments[0]),
        CelBody2 body => body(arguments[0], arguments[1]),
        CelBody3 body => body(arguments[0], arguments[1], arguments[2]),
        CelBodyN body => body(frame, arguments),
        _ => CelErrors.NoSuchOverload,
    };
}
