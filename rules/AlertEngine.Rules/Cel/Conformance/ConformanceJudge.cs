namespace AlertEngine.Rules.Cel.Conformance;

/// <summary>Judges one test: parse, check unless switched off, evaluate in one form, compare.</summary>
internal static class ConformanceJudge
{
    /// <summary>Why the test fails; null where it passes.</summary>
    internal static string? Fault(ConformanceTest test, CelForm form)
    {
        var environment = CelEnvironment.Standard.WithContainer(test.Container);
        foreach (var (name, type) in test.Types)
            environment = environment.Declare(name, type);
        foreach (var (name, value) in test.Bindings)
            environment = environment.Find(name) is Checking.VariableDeclaration ? environment : environment.Declare(name, CelType.Dyn);
        var compilation = environment.Compile(test.Expression, null, !test.DisableCheck, !test.DisableMacros);
        if (compilation.Expression is not { } expression)
            return test.ExpectsError ? null : $"refused: {compilation.Error!.Code} {compilation.Error.MessageEn}";
        if (test.ExpectedType is { } expected && expression.Type != expected)
            return $"type {expression.Type}, expected {expected}";
        return test.CheckOnly ? null : Compare(test, Evaluate(environment, test, expression, form));
    }

    private static CelValue Evaluate(CelEnvironment environment, ConformanceTest test, CelExpression expression, CelForm form)
    {
        var frame = environment.CreateFrame();
        foreach (var (name, value) in test.Bindings)
            environment.Bind(frame, name, value);
        if (form == CelForm.Interpreted)
            return expression.Interpret(frame);
        var result = expression.ToFunction()(frame);
        return ConditionFault(expression, frame, result) ?? result;
    }

    // The two functions of a boolean have to say the same as its value.
    private static CelValue? ConditionFault(CelExpression expression, CelFrame frame, CelValue value)
    {
        if (expression.Type != CelType.Bool)
            return null;
        var condition = expression.ToCondition();
        var (isTrue, isFalse) = (condition.IsTrue(frame), condition.IsFalse(frame));
        if (isTrue == (value.IsBool && value.AsBool) && isFalse == (value.IsBool && !value.AsBool))
            return null;
        return CelValue.Of($"IsTrue {isTrue}, IsFalse {isFalse}, value {CelFormat.Literal(value)}");
    }

    private static string? Compare(ConformanceTest test, CelValue actual)
    {
        if (test.ExpectsError)
            return actual.IsError ? null : $"{CelFormat.Literal(actual)}, expected an error";
        if (actual.IsError)
            return $"error '{actual.AsError!.MessageEn}', expected {CelFormat.Literal(test.ExpectedValue ?? default)}";
        if (test.ExpectedValue is not { } expected || ConformanceValues.AreSame(expected, actual))
            return null;
        return $"{CelFormat.Literal(actual)} ({actual.Kind}), expected {CelFormat.Literal(expected)} ({expected.Kind})";
    }
}
