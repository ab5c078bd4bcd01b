namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>A line and when it arrives: the file is in order of arrival, not of time.</summary>
/// <param name="ArrivesMs">When it arrives, since the day's midnight.</param>
/// <param name="Bytes">The line, without its end.</param>
internal readonly record struct Arrival(long ArrivesMs, byte[] Bytes);
