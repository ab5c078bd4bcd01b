using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Compile.Detect;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Compiles one rule with its overrides.</summary>
internal static class RuleCompiler
{
    /// <summary>The compiled rule; null where something in it is wrong, which is reported.</summary>
    public static CompiledRule? Compile(RuleContext rule, IReadOnlyList<OverrideBlock> overrides, Func<string, string?> districtOfDevice)
    {
        // What its expressions read is not known: everything that followed would be an echo.
        if (!rule.Block.IsReadable)
            return null;
        if (rule.Layouts.ConflictAmong(rule.Block.Types) is { } field)
        {
            rule.Report(FileCodes.TypesDiffer, rule.Block.Sources[rule.Node].Node ?? rule.Node.Find("detect") ?? rule.Node, $"'{field}' has different types in the event types that this rule reads together");
            return null;
        }

        Expressions events = rule.Names.WithEvent(rule.Block.Types);
        Gates gates = new(rule.Gate.Compile(rule.Node.Scalar("active"), CelType.Bool), events.Compile(rule.Node.Scalar("where"), CelType.Bool));
        if (gates.Where is not null)
            rule = rule.Behind(gates.Where);
        DetectPlan? detect = DetectCompiler.Compile(rule);
        foreach ((YamlNode place, OperandFault fault) in rule.Checks.FaultsUnder(rule.Params.Values))
            rule.Report(fault.Code, place, fault.MessageEn);
        return detect is null ? null : Compile(rule, gates, detect, overrides, districtOfDevice);
    }

    private sealed record Gates(CelExpression? Active, CelExpression? Where);

    private static CompiledRule? Compile(
        RuleContext rule, Gates gates, DetectPlan detect, IReadOnlyList<OverrideBlock> overrides, Func<string, string?> districtOfDevice)
    {
        ExceptionReader exceptions = new(rule);
        Expressions routing = detect.Names.With("alert", AlertRecord.Type);
        HandlingReader handling = new(rule, detect.Names, routing);
        SeverityPlan? severity = new SeverityReader(rule, rule.Source, detect.Names).Read(rule.Node.Map("severity"));
        ImmutableArray<ExceptionPlan>? exceptionPlans = exceptions.Read(rule.Names.WithEvent(rule.Block.Types));
        ImmutableArray<CelFunction>? dedupKey = handling.DedupKey(detect);
        TitlePlan? title = TitleCompiler.Compile(rule, detect.Names);
        ImmutableArray<RoutePlan>? routes = new RouteReader(rule, rule.Source, routing).Read(rule.Node.Maps("routes"));
        EscalationReader escalation = new(rule);
        string? level = escalation.Level();
        SlaPlan? sla = new RuleSla(rule, rule.Source).Read(rule.Node.Find("sla"));
        ImmutableArray<EscalationStep> steps = escalation.Steps(severity?.Base, sla);
        RuleVariant? variant = severity is null || exceptionPlans is null || routes is null || Stage(rule) is not { } stage ? null : new RuleVariant
        {
            Params = rule.Params.Values,
            Stage = stage,
            Severity = severity,
            Routes = routes.Value,
            Sla = sla,
            Exceptions = exceptionPlans.Value,
        };
        OverrideReader overrideReader = new(rule, exceptions, detect.Names, districtOfDevice);
        ImmutableArray<RuleOverride> overrideList = overrideReader.Read(overrides);
        if (variant is not null && !rule.Diagnostics.HasErrors)
            overrideReader.CheckOperands(overrides, overrideList, variant);
        if (variant is null || dedupKey is null || title is null || rule.Node.Local("name") is not { } name || rule.Node.Text("owner") is not { } owner)
            return null;
        bool isEach = detect.Detector.Kind == "each";
        Duration lateness = rule.Node.Wait("lateness") ?? (isEach ? Duration.Zero : rule.Options.DefaultLateness);
        return new CompiledRule
        {
            Id = rule.Block.Id.Value,
            Version = VersionOf(rule),
            Name = name,
            Pack = rule.Block.Pack.Name,
            Owner = owner,
            Scope = rule.Node.Text("scope") == "city" ? RuleScope.City : RuleScope.District,
            Lateness = lateness,
            Late = (rule.Node.Text("late") ?? (isEach ? "admit" : "drop")) == "admit" ? LatePolicy.Admit : LatePolicy.Drop,
            Detector = detect.Detector,
            Sources = [.. detect.Sources.Select(source => source.Selector)],
            Keys = [.. detect.Sources.Select(source => source.Key.Parts)],
            KeyIsDevice = [.. detect.Sources.Select(source => source.Key.IsDevice)],
            Active = gates.Active?.ToCondition(),
            Where = gates.Where?.ToCondition(),
            Base = variant,
            Overrides = overrideList,
            DedupKey = dedupKey.Value,
            Reopen = handling.Reopen,
            Merge = handling.Merge(),
            Group = handling.Group(),
            Title = title,
            Evidence = handling.Evidence(),
            EventReads = [.. rule.EventReads],
            Conditions = WithGates(rule, gates, detect.Conditions),
            Flapping = handling.Flapping(),
            Flood = handling.Flood(),
            Escalations = steps,
            Level = level,
            EventClass = handling.EventClass(),
            Stale = handling.Stale(),
            Broadcasts = new BroadcastReader(rule).Read(),
            ModeSwitch = new ModeSwitchReader(rule).Read(detect.Detector, lateness),
            OnEdit = OnEdit(rule),
        };
    }

    private static ImmutableArray<RuleCondition> WithGates(RuleContext rule, Gates gates, ImmutableArray<RuleCondition> conditions)
    {
        ImmutableArray<RuleCondition>.Builder all = ImmutableArray.CreateBuilder<RuleCondition>();
        if (gates.Active is not null)
            all.Add(new RuleCondition("active", gates.Active));
        if (gates.Where is not null)
            all.Add(new RuleCondition("where", gates.Where) { SensitiveFields = rule.SensitiveFieldsOf(gates.Where) });
        all.AddRange(conditions);
        return all.DrainToImmutable();
    }

    private static RuleStage? Stage(RuleContext rule) =>
        Enum.TryParse(rule.Node.Text("stage"), ignoreCase: true, out RuleStage stage) ? stage : null;

    private static EditPolicy OnEdit(RuleContext rule) =>
        Enum.TryParse(rule.Node.Map("on_edit")?.Text("state"), ignoreCase: true, out EditPolicy policy) ? policy : EditPolicy.Keep;

    // Sixteen digits tell versions of one rule apart; the whole set has its own, full hash.
    private static string VersionOf(RuleContext rule)
    {
        string text = rule.Source.Text.Substring(rule.Node.Span.Start, rule.Node.Span.Length);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
