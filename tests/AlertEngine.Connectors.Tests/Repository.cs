namespace AlertEngine.Connectors.Tests;

/// <summary>Files of the checkout.</summary>
internal static class Repository
{
    /// <summary>The path of a file, by its parts from the top of the checkout.</summary>
    internal static string File(params string[] parts)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "AlertEngine.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not run within a checkout");
        return Path.Combine([folder.FullName, .. parts]);
    }
}
