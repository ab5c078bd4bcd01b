using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// Deterministic identities: the same input under the same rules gives the same ids, in any layout of lanes and machines. Each part goes
/// into the hash with its length, so that no two lists of parts collide by where they are cut.
/// </summary>
public static class AlertId
{
    /// <summary>128 bits are plenty for uniqueness and half as long to read.</summary>
    private const int IdBytes = 16;

    /// <summary>The id of an alert that an event opened.</summary>
    public static string OfEvent(string ruleId, string district, string key, string source, string eventId) =>
        Hash(["alert", ruleId, district, key, source, eventId]);

    /// <summary>The id of an alert that a timer opened without any event: its due instant stands in for the event.</summary>
    public static string OfInstant(string ruleId, string district, string key, long dueTicks) =>
        Hash(["alert", ruleId, district, key, dueTicks.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>The id of an order: its alert, its route (the lead unit) and which dispatch it is after returns, from 1.</summary>
    public static string OfOrder(string alertId, string route, int episode) =>
        Hash(["order", alertId, route, episode.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>The hash of a list of parts, in lower-case hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<string> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..IdBytes]);
    }
}
