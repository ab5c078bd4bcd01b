namespace AlertEngine.Connectors.Tests.SampleDay;

/// <summary>Where the shipped packs are: in the checkout that the tests were built in.</summary>
internal static class SampleFolder
{
    public static string Nanjing { get; } = Path.Combine(Repository(), "rules", "packs", "nanjing");

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AlertEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("no AlertEngine.sln above the tests");
    }
}
