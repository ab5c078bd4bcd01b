using System.Buffers.Binary;
using System.Text;

namespace AlertEngine.Connectors.Kafka;

/// <summary>
/// The partition that Java's producers choose for a key: murmur2 with Kafka's seed, sign bit dropped, modulo the partition count. The producers
/// here choose the same; this is for asking whether a record lies where it belongs. Source: the partitioner named <c>murmur2</c> in Kafka's clients.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    /// <summary>The partition of <paramref name="key"/>, in UTF-8, among <paramref name="partitions"/>.</summary>
    public static int PartitionOf(string key, int partitions) => PartitionOf(Encoding.UTF8.GetBytes(key), partitions);

    /// <summary>The partition of <paramref name="key"/> among <paramref name="partitions"/>.</summary>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions) => (int)((Hash(key) & 0x7fffffff) % (uint)partitions);

    /// <summary>The hash of some bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> data)
    {
        uint hash = Seed ^ (uint)data.Length;
        while (data.Length >= 4)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            word ^= word >> 24;
            hash = (hash * Multiplier) ^ (word * Multiplier);
            data = data[4..];
        }

        for (int i = data.Length - 1; i >= 0; i--)
            hash ^= (uint)data[i] << (8 * i);
        if (data.Length != 0)
            hash *= Multiplier;
        hash ^= hash >> 13;
        hash *= Multiplier;
        return hash ^ (hash >> 15);
    }
}
