namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// Finds line ends. In CSV one inside quotes belongs to its record. Bytes suffice: no character set that is admitted has a quote or line feed
/// as part of another character (GB18030's second bytes begin at 0x30, Shift-JIS's at 0x40).
/// </summary>
internal struct LineEnds(bool isCsv)
{
    private bool _isQuoted;

    /// <summary>The place of the next line end in <paramref name="bytes"/>, or -1; the next call goes on where these bytes end.</summary>
    internal int Find(ReadOnlySpan<byte> bytes)
    {
        if (!isCsv)
            return bytes.IndexOf((byte)'\n');
        int at = 0;
        while (true)
        {
            int found = _isQuoted ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0)
                return -1;
            at += found;
            if (bytes[at] == '\n')
                return at;
            _isQuoted = !_isQuoted;
            at++;
        }
    }
}
