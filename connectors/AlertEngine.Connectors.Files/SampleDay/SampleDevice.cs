namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>A device of the registry.</summary>
/// <param name="Id">Its id: kind, district, number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number within kind and district, from 1.</param>
/// <param name="District">The district it serves.</param>
internal sealed record SampleDevice(string Id, DeviceKind Kind, int Number, SampleDistrict District)
{
    // Devices stand on a grid around the middle of their district, so that no two share a place and all lie inside the outline.
    private const int ColumnsOfDevices = 9;
    private const double StepDegrees = 0.004;

    /// <summary>Its name for people.</summary>
    public string Name => $"{District.Name}{Kind.Label}{Number}号";

    /// <summary>The grid cell it stands in; an opaque code.</summary>
    public string Grid => $"G-{District.Letters}-{1 + (Slot % 6):00}";

    /// <summary>The street it stands in.</summary>
    public string Street => District.Streets[Slot % District.Streets.Length];

    /// <summary>The gateway it reports through.</summary>
    public string Gateway => $"GW-{District.Letters}-{1 + (Slot % 4)}";

    /// <summary>Whether its silence matters at once: the first of each kind, in this city.</summary>
    public bool IsCritical => Number == 1;

    /// <summary>Where it stands, or where its dock is.</summary>
    public double Longitude => Math.Round(District.Longitude + (((Slot % ColumnsOfDevices) - (ColumnsOfDevices / 2)) * StepDegrees), 4);

    /// <summary>Where it stands, or where its dock is.</summary>
    public double Latitude => Math.Round(District.Latitude + (((Slot / ColumnsOfDevices) - 2) * StepDegrees), 4);

    private int Slot => Kind.FirstSlot + Number - 1;
}
