using System.Globalization;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Files.Devices;

/// <summary>
/// Tells the type of a table's column by its cells: booleans, whole numbers and numbers where every cell is one, otherwise texts. A number
/// with leading zeros is a code, and codes are texts.
/// </summary>
internal static class CellTypes
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static CelType Infer(IEnumerable<string> cells)
    {
        CelType? type = null;
        foreach (string cell in cells)
        {
            if (cell.Length == 0)
                continue;
            CelType own = Of(cell);
            type = type is null || type == own ? own : Widen(type, own);
        }

        return type ?? CelType.String;
    }

    /// <summary>A cell as a value of its column's type; an empty one is missing.</summary>
    public static CelValue Read(string cell, CelType type)
    {
        if (cell.Length == 0)
            return CelValue.Missing;
        if (type == CelType.Bool)
            return CelValue.Of(cell == "true");
        if (type == CelType.Int)
            return CelValue.Of(long.Parse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return type == CelType.Double ? CelValue.Of(double.Parse(cell, Number, CultureInfo.InvariantCulture)) : CelValue.Of(cell);
    }

    private static CelType Of(string cell)
    {
        if (cell is "true" or "false")
            return CelType.Bool;
        bool isCode = cell.TrimStart('-') is ['0', >= '0' and <= '9', ..] || cell[0] == '+';
        if (!isCode && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return CelType.Int;
        return !isCode && double.TryParse(cell, Number, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? CelType.Double : CelType.String;
    }

    private static CelType Widen(CelType one, CelType other) =>
        DeviceRegistry.Join(one, other) is var joined && joined == CelType.Double ? joined : CelType.String;
}
