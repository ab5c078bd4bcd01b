using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Oracles;

/// <summary>Files of others, beside the checkout. Where one is absent the test is skipped visibly; CI says that it must be there.</summary>
internal static class SharedFile
{
    /// <summary>The path of a file below <c>../shared</c>; skips the test where there is none.</summary>
    public static string PathOf(params string[] parts)
    {
        string path = Path.Combine([Checkout.Root, "..", "shared", .. parts]);
        if (!File.Exists(path) && ServiceUnavailableException.IsFailure)
            Assert.Fail($"../shared/{string.Join('/', parts)} is required and absent");
        Assert.SkipUnless(File.Exists(path), $"../shared/{string.Join('/', parts)} is absent");
        return path;
    }
}
