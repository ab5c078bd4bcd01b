namespace AlertEngine.Testing.Services;

/// <summary>Where the sources lie that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AlertEngine.sln")))
                return folder.FullName;
        throw new InvalidOperationException("the tests do not run from a checkout");
    }
}
