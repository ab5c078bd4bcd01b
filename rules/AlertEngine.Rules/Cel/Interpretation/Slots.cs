using System.Runtime.CompilerServices;

namespace AlertEngine.Rules.Cel.Interpretation;

/// <summary>Reading slots and locals. The typed readers are what compiled comparisons are made of: one bounds check each way, one reference comparison.</summary>
internal static class Slots
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static CelValue Peek(CelFrame frame, int record, int slot)
    {
        var records = frame.Records;
        if ((uint)record >= (uint)records.Length)
            return default;
        var slots = records[record];
        return (uint)slot < (uint)slots.Length ? slots[slot] : default;
    }

    internal static CelValue Load(CelFrame frame, int record, int slot, CelValue missing)
    {
        var value = Peek(frame, record, slot);
        return value.IsPresent ? value : missing;
    }

    internal static bool Has(CelFrame frame, int record, int slot) => Peek(frame, record, slot).IsPresent;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryDouble(CelFrame frame, int record, int slot, out double value)
    {
        var found = Peek(frame, record, slot);
        value = found.AsDouble;
        return found.IsDouble;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryInt(CelFrame frame, int record, int slot, out long value)
    {
        var found = Peek(frame, record, slot);
        value = found.Bits;
        return found.IsInt;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryUint(CelFrame frame, int record, int slot, out ulong value)
    {
        var found = Peek(frame, record, slot);
        value = found.AsUint;
        return found.IsUint;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryBool(CelFrame frame, int record, int slot, out bool value)
    {
        var found = Peek(frame, record, slot);
        value = found.Bits != 0;
        return found.IsBool;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryString(CelFrame frame, int record, int slot, out string value)
    {
        value = (Peek(frame, record, slot).Reference as string)!;
        return value is not null;
    }

    internal static CelValue Local(CelFrame frame, int index) => frame.Locals[index];

    internal static bool TryDouble(CelValue found, out double value)
    {
        value = found.AsDouble;
        return found.IsDouble;
    }

    internal static bool TryInt(CelValue found, out long value)
    {
        value = found.Bits;
        return found.IsInt;
    }

    internal static bool TryUint(CelValue found, out ulong value)
    {
        value = found.AsUint;
        return found.IsUint;
    }

    internal static bool TryBool(CelValue found, out bool value)
    {
        value = found.Bits != 0;
        return found.IsBool;
    }

    internal static bool TryString(CelValue found, out string value)
    {
        value = (found.Reference as string)!;
        return value is not null;
    }
}
