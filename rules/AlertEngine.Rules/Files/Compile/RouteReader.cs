using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads routes, of a rule or of an override of it, which may stand in another file.</summary>
internal sealed class RouteReader(RuleContext rule, SourceText source, Expressions names)
{
    /// <summary>The routes; null where something is wrong, which is reported.</summary>
    public ImmutableArray<RoutePlan>? Read(IEnumerable<YamlMapping> blocks)
    {
        ImmutableArray<RoutePlan>.Builder routes = ImmutableArray.CreateBuilder<RoutePlan>();
        YamlMapping[] all = [.. blocks];
        bool isFine = all.Length > 0;
        bool isCovered = false;
        foreach (YamlMapping block in all)
        {
            if (isCovered)
                rule.Diagnostics.Report(FileCodes.UnreachableRoute, source, ShapeChecker.HeadOf(block), "a route before this one takes everything");
            isCovered |= block.Find("when") is null && block.Bool("continue") != true;
            RoutePlan? route = ReadOne(block);
            isFine &= route is not null;
            if (route is not null)
                routes.Add(route);
        }

        CheckLast(all);
        return isFine ? routes.DrainToImmutable() : null;
    }

    private RoutePlan? ReadOne(YamlMapping block)
    {
        CelExpression? when = names.Compile(block.Scalar("when"), CelType.Bool);
        bool isFine = when is not null || block.Find("when") is null;
        ImmutableArray<string>.Builder units = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar unit in block.Scalars("to"))
        {
            if (rule.City.FindUnit(unit.Value) is null)
                ReportUnit(unit);
            else if (units.Contains(unit.Value))
                rule.Diagnostics.Report(FileCodes.Duplicate, source, unit.Span, $"the unit '{unit.Value}' is in the route twice");
            else
                units.Add(unit.Value);
        }

        return isFine && units.Count > 0 ? new RoutePlan(when?.ToCondition(), when?.Source, units.DrainToImmutable(), block.Bool("continue") ?? false) : null;
    }

    private void ReportUnit(YamlScalar unit)
    {
        rule.Diagnostics.ReportNear(FileCodes.UnknownUnit, source, unit.Span, $"no unit '{unit.Value}'", Suggestion.Nearest(unit.Value, rule.City.Units.Keys));
    }

    private void CheckLast(YamlMapping[] all)
    {
        if (all.Length > 0 && all[^1].Entry("when") is { } when)
            rule.Diagnostics.Report(FileCodes.ConditionalLastRoute, source, when.Key.Span, "some alerts would reach nobody", ("在最后加一条不带 when 的路由", "add a last route without 'when'"));
    }
}
