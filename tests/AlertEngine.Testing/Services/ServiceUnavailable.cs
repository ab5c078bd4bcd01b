namespace AlertEngine.Testing.Services;

/// <summary>A service that a test needs is not installed here. Tests skip, and say so, unless the environment demands services.</summary>
public sealed class ServiceUnavailableException(string message) : Exception(message)
{
    /// <summary>Whether a missing service is a failure: <c>ALERTENGINE_REQUIRE_SERVICES=1</c>.</summary>
    public static bool IsFailure => Environment.GetEnvironmentVariable("ALERTENGINE_REQUIRE_SERVICES") == "1";
}
