namespace AlertEngine.Host.Configuration;

/// <summary>The mappings that ship with the program, by name.</summary>
internal static class ReadyMappings
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "mappings");

    /// <summary>The file that is meant by a path, or by the name of a ready mapping where no file has that path.</summary>
    public static string PathOf(string pathOrName)
    {
        string ready = Path.Combine(Folder, pathOrName + ".mapping.yaml");
        return !File.Exists(pathOrName) && Path.GetFileName(pathOrName) == pathOrName && File.Exists(ready) ? ready : pathOrName;
    }
}
