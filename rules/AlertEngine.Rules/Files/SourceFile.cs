namespace AlertEngine.Rules.Files;

/// <summary>A file as text: reading it from somewhere is not the loader's business.</summary>
/// <param name="Name">What diagnostics call it, and, for files that the city file names, the name used there.</param>
/// <param name="Text">Its text.</param>
public sealed record SourceFile(string Name, string Text);
