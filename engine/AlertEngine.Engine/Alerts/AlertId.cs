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

    private const int StackBytes = 512;

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
        int length = 0;
        foreach (string part in parts)
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        Span<byte> bytes = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        int position = 0;
        foreach (string part in parts)
        {
            int written = Encoding.UTF8.GetBytes(part, bytes[(position + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[position..], written);
            position += sizeof(int) + written;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..position], digest);
        return Convert.ToHexStringLower(digest[..IdBytes]);
    }
}
