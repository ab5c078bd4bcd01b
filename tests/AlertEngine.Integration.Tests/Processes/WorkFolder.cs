namespace AlertEngine.Integration.Tests.Processes;

/// <summary>A new, empty folder that a test works in; it goes with the test.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("alertengine-test-").FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file and tells its path.</summary>
    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
