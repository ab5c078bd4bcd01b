using System.Text;
using AlertEngine.Connectors.Files.SampleDay;
using Xunit;

namespace AlertEngine.Connectors.Tests.SampleDay;

/// <summary>Goal: the generator's devices and the shipped registry are one list.</summary>
public sealed class SampleRegistryTests
{
    [Fact]
    public void The_shipped_registry_is_the_generators_list_written_out()
    {
        using MemoryStream written = new();
        SampleRegistry.WriteCsv(written);
        Assert.Equal(File.ReadAllText(Path.Combine(SampleFolder.Nanjing, "devices.csv")), Encoding.UTF8.GetString(written.ToArray()));
    }

    [Fact]
    public void No_two_devices_share_an_id_and_no_two_that_stand_share_a_place()
    {
        Assert.Equal(348, SampleRegistry.Devices.Select(device => device.Id).Distinct().Count());
        Assert.Equal(348, SampleRegistry.Devices.Select(device => (device.Longitude, device.Latitude)).Distinct().Count());
    }
}
