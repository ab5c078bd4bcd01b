using System.Text;
using System.Text.Json;
using AlertEngine.Connectors.Files.Publishing;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Host.Reports;

/// <summary>The digests of a replay as one page of Markdown beside the other outputs, for people to read.</summary>
internal static class DigestPage
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "digest.md";

    /// <summary>Writes it, or nothing where no digest was told.</summary>
    public static void Write(string folder, string language)
    {
        string source = Path.Combine(folder, FileOutputPort.FileNameOf(OutputKind.Digest));
        if (!File.Exists(source))
            return;
        using var page = new StreamWriter(Path.Combine(folder, FileName), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        foreach (string line in File.ReadLines(source))
        {
            using JsonDocument digest = JsonDocument.Parse(line);
            page.Write(digest.RootElement.GetProperty("data").GetProperty("markdown").GetProperty(language).GetString());
            page.Write('\n');
        }
    }
}
