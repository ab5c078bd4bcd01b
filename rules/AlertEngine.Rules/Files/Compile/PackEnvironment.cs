using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>The names that all rules of a pack share: functions, lists and macros, <c>ctx</c> and <c>device</c>.</summary>
internal sealed class PackEnvironment
{
    private PackEnvironment(CelEnvironment bare, CelRecordType device)
    {
        Bare = bare;
        Full = bare.Declare("device", CelType.Of(device));
    }

    /// <summary>Functions, lists, macros and <c>ctx</c>.</summary>
    public CelEnvironment Bare { get; }

    /// <summary>The same and <c>device</c>.</summary>
    public CelEnvironment Full { get; }

    public static PackEnvironment Of(Pack pack, CelEnvironment functions, CelRecordType device)
    {
        CelEnvironment bare = functions.Declare("ctx", CelType.Of(ContextRecord.Type));
        foreach (Definition list in pack.All(visible => visible.Lists))
            bare = Declare(bare, list);
        foreach (Definition macro in pack.All(visible => visible.Macros))
        {
            if (macro.Block.Text("expr") is { } expression)
                bare = bare.DeclareMacro("macros." + macro.Key.Value, macro.Block.Scalars("args").Select(argument => argument.Value), expression);
        }

        return new PackEnvironment(bare, device);
    }

    /// <summary>Checks the macros that a pack defines, as far as they can be checked without their use.</summary>
    public void CheckMacros(Pack pack, LayoutTable layouts, DiagnosticBag diagnostics)
    {
        CelEnvironment environment = Full.Declare("event", CelType.Of(layouts.RecordOf([])));
        foreach (Definition macro in pack.Macros.Values)
        {
            if (macro.Block.Scalar("expr") is not { } scalar)
                continue;
            foreach (CelDiagnostic finding in environment.CheckSyntax(scalar.Value))
                diagnostics.Report(finding, macro.File.Source, ScalarMap.Locate(macro.File.Source, scalar, finding.Start, finding.Length));
            CheckType(environment, macro, scalar, diagnostics);
        }
    }

    // What a macro with arguments, or over fields of a type, gives is known only where it is used.
    private static void CheckType(CelEnvironment environment, Definition macro, YamlScalar scalar, DiagnosticBag diagnostics)
    {
        if (macro.Block.Find("args") is not null || ValueTypes.Find(macro.Block.Text("type")) is not { } type || environment.Compile(scalar.Value).Expression is null)
            return;
        foreach (CelDiagnostic finding in environment.Compile(scalar.Value, type).Diagnostics.Where(finding => finding.Severity == CelSeverity.Error))
            diagnostics.Report(finding, macro.File.Source, ScalarMap.Locate(macro.File.Source, scalar, finding.Start, finding.Length));
    }

    private static CelEnvironment Declare(CelEnvironment environment, Definition list)
    {
        (CelType Type, CelValue Value)[] items = [.. list.Block.Scalars("items").Select(ValueTypes.ReadCore)];
        CelType element = items.Length == 0 ? CelType.Dyn : items.Select(item => item.Type).Aggregate(Devices.DeviceRegistry.Join);
        CelValue[] values = [.. items.Select(item => element == CelType.Double && item.Value.IsInt ? CelValue.Of((double)item.Value.AsInt) : item.Value)];
        return environment.DeclareConstant("lists." + list.Key.Value, CelType.List(element), CelValue.List(values));
    }
}
