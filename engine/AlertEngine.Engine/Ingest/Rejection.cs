namespace AlertEngine.Engine.Ingest;

/// <summary>Why an input could not become an event. Bad input is a value, never an exception.</summary>
/// <param name="Code">One of <see cref="RejectionCodes"/>.</param>
/// <param name="Message">One sentence for the integrator, with what was met and what was expected. Never a sensitive value.</param>
public sealed record Rejection(string Code, string Message);

/// <summary>The reasons of dead letters. Permanent: integrators match on them.</summary>
public static class RejectionCodes
{
    /// <summary>The bytes are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid-utf8";

    /// <summary>The bytes are not one JSON object.</summary>
    public const string InvalidJson = "invalid-json";

    /// <summary>The value is larger than the limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The JSON is nested deeper than the limit.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>A member occurs twice.</summary>
    public const string DuplicateMember = "duplicate-member";

    /// <summary>A required attribute is missing.</summary>
    public const string MissingAttribute = "missing-attribute";

    /// <summary>An attribute has a wrong type or value.</summary>
    public const string InvalidAttribute = "invalid-attribute";

    /// <summary>The time has no offset.</summary>
    public const string TimeWithoutOffset = "time-without-offset";

    /// <summary>The time lies beyond the clock and the admitted skew.</summary>
    public const string TimeAhead = "time-ahead";

    /// <summary>The event was to be dropped after its <c>expirytime</c>.</summary>
    public const string Expired = "expired";

    /// <summary>A declared field has another type, or a number that is not finite.</summary>
    public const string InvalidField = "invalid-field";

    /// <summary>The district is not one of the city's.</summary>
    public const string UnknownDistrict = "unknown-district";

    /// <summary>No district could be found.</summary>
    public const string Unresolved = "unresolved";

    /// <summary>The position cannot be one.</summary>
    public const string InvalidLocation = "invalid-location";

    /// <summary>A row could not be mapped.</summary>
    public const string MappingFailed = "mapping-failed";

    /// <summary>The same source and id came before with other data.</summary>
    public const string Conflict = "conflict";

    /// <summary>The record was sent to a lane for its district, which belongs to another: the lanes do not agree about districts.</summary>
    public const string Misrouted = "misrouted";

    /// <summary>The input ended the process twice and is not tried a third time.</summary>
    public const string Poison = "poison";
}
