namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Headers with which a reader tells what it had to decide before decoding. A sender who puts them into Kafka only has his own record refused.
/// </summary>
public static class ReaderHeaders
{
    /// <summary>The code of a rejection that the reader found: a line too long, a row that could not be mapped.</summary>
    public const string RejectionCode = "ae-rejection-code";

    /// <summary>Its sentence.</summary>
    public const string RejectionMessage = "ae-rejection-message";

    /// <summary>The bytes that the value was mapped from; a dead letter shows them instead.</summary>
    public const string Original = "ae-original";

    /// <summary>The length in bytes of a value of which only the beginning was kept, in decimal digits.</summary>
    public const string WholeBytes = "ae-whole-bytes";

    /// <summary>The SHA-256 of such a value, in lower-case hexadecimal.</summary>
    public const string WholeSha256 = "ae-whole-sha256";
}
