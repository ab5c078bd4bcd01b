using Xunit;

namespace AlertEngine.Connectors.Tests;

/// <summary>Data of others, beside the checkout. Where it is absent the tests that need it are skipped visibly; CI says that it must be there.</summary>
internal static class SharedData
{
    /// <summary>The path of a file below <c>shared/data</c>; skips the test where there is none.</summary>
    internal static string File(params string[] parts)
    {
        string? folder = Find();
        string path = folder is null ? "" : Path.Combine([folder, .. parts]);
        bool isThere = System.IO.File.Exists(path);
        if (!isThere && Environment.GetEnvironmentVariable("ALERTENGINE_REQUIRE_SERVICES") == "1")
            Assert.Fail($"shared/data/{string.Join('/', parts)} is required and absent");
        Assert.SkipUnless(isThere, $"shared/data/{string.Join('/', parts)} is absent");
        return path;
    }

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
