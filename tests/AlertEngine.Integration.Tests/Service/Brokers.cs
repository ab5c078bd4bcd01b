using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>The brokers of tests.</summary>
internal static class Brokers
{
    /// <summary>Starts a broker; where none is installed the test is skipped, and says so, unless services are demanded.</summary>
    public static async Task StartOrSkipAsync(this KafkaBroker broker)
    {
        try
        {
            await broker.EnsureStartedAsync();
        }
        catch (ServiceUnavailableException absent) when (!ServiceUnavailableException.IsFailure)
        {
            Assert.Skip(absent.Message);
        }
    }
}
