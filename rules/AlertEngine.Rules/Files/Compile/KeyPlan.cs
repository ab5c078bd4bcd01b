using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A compiled key: its parts, and whether it is simply the device.</summary>
internal sealed record KeyPlan(ImmutableArray<CelFunction> Parts, bool IsDevice)
{
    /// <summary>The key of events that state none: the device.</summary>
    public static KeyPlan Device { get; } = new([frame => frame.Records[FrameRecords.Event][EventSlots.Device]], true);

    /// <summary>The <c>key</c> of a rule, a step or an as-of value; null where it has an error, which is reported.</summary>
    public static KeyPlan? Read(RuleContext rule, YamlMapping block, Expressions names, KeyPlan? otherwise)
    {
        YamlScalar[] scalars = [.. block.Scalars("key")];
        if (scalars.Length == 0)
            return block.Find("key") is null ? otherwise : null;
        if (scalars is [{ Value: "event.device" }])
            return Device;
        CelExpression?[] parts = [.. scalars.Select(scalar => names.Compile(scalar))];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is { } part && names.IsSensitive(part))
                rule.Report(FileCodes.SensitiveKey, scalars[i], $"'{scalars[i].Value}' is sensitive, and keys appear in alerts, orders and logs");
        }

        return parts.All(part => part is not null) ? new KeyPlan([.. parts.Select(part => part!.ToFunction())], false) : null;
    }
}
