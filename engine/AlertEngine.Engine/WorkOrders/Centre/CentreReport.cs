using System.Text.Json;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>What a lane tells the city lane of a district beside events and alerts: it takes the way of a command, but nobody is answered. Immutable.</summary>
/// <param name="Id">Its own id.</param>
/// <param name="AtTicks">When it was made.</param>
/// <param name="District">The district.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Data">The data of the CloudEvent.</param>
public sealed record CentreReport(string Id, long AtTicks, string District, string Type, JsonElement Data) : DistrictCommand(Id, AtTicks, District, "")
{
    /// <summary>An order that has risen to the city's level.</summary>
    public const string OrderType = "city.report.order.v1";

    /// <summary>A district's digest, as it was told.</summary>
    public const string DigestType = "city.digest.v1";

    /// <inheritdoc />
    public override string Word => "report";

    /// <summary>Whether a type is one of these.</summary>
    public static bool IsOne(string type) => type is OrderType or DigestType;
}
