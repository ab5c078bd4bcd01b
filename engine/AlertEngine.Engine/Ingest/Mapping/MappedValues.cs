using System.Globalization;
using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;
using NodaTime.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>A compiled expression of a mapping: a value that it needs and that is missing makes it give nothing, any other error is one.</summary>
internal sealed class MappedValue(CelExpression expression)
{
    private readonly CelFunction _function = expression.ToFunction();

    /// <summary>The value; missing where it gives nothing; an error otherwise.</summary>
    internal CelValue Of(CelFrame frame)
    {
        CelValue value = _function(frame);
        return value.IsError && NeedsMissing(frame) ? CelValue.Missing : value;
    }

    private bool NeedsMissing(CelFrame frame)
    {
        foreach (CelFieldUse use in expression.Reads)
        {
            CelValue[] record = frame.Records[use.Record.RecordIndex];
            if (use.Field.Slot >= record.Length || !record[use.Field.Slot].IsPresent)
                return true;
        }

        return false;
    }

    /// <summary>A value as texts and ids show it.</summary>
    internal static string? TextOf(CelValue value) =>
        value.AsString
        ?? (value.IsDouble ? value.AsDouble.ToString("R", CultureInfo.InvariantCulture)
            : value.IsInt ? value.AsInt.ToString(CultureInfo.InvariantCulture)
            : value.IsUint ? value.AsUint.ToString(CultureInfo.InvariantCulture)
            : value.IsBool ? (value.AsBool ? "true" : "false")
            : value.AsInstant is { } instant ? InstantPattern.ExtendedIso.Format(instant)
            : null);
}

/// <summary>A text of a mapping, put together for each row.</summary>
internal sealed class MappedText(TextPlan plan)
{
    private readonly (string? Literal, MappedValue? Value)[] _parts = [.. plan.Parts.Select(part => (part.Literal, part.Value is { } value ? new MappedValue(value) : null))];

    /// <summary>The text; null where a value that it needs is missing, or an error.</summary>
    internal string? Of(CelFrame frame)
    {
        if (_parts is [{ Literal: { } whole }])
            return whole;
        var text = new StringBuilder();
        foreach ((string? literal, MappedValue? value) in _parts)
        {
            if ((literal ?? MappedValue.TextOf(value!.Of(frame))) is not { } part)
                return null;
            text.Append(part);
        }

        return text.ToString();
    }
}
