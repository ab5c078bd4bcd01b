using System.Buffers.Binary;
using System.IO.Hashing;

namespace AlertEngine.Engine.Ingest.Json;

/// <summary>
/// A member's name as 64 bits: the bytes themselves up to eight of them, a hash beyond. JSON admits no raw NUL, so padding with zeros is
/// unambiguous. A collision of long names can only make an event be refused as having a duplicate member, and only its own sender can
/// bring one about; wherever a name is acted upon its bytes are compared as well.
/// </summary>
internal static class ByteKey
{
    private const ulong MixLow = 0x9E3779B97F4A7C15;
    private const ulong MixHigh = 0xC2B2AE3D27D4EB4F;

    internal static ulong Of(ReadOnlySpan<byte> name)
    {
        int length = name.Length;
        if (length > 16)
            return XxHash3.HashToUInt64(name);
        if (length > 8)
            return Mix(Read64(name), Read64(name[(length - 8)..]), length);
        if (length == 8)
            return Read64(name);
        if (length >= 4)
            return Read32(name) | ((ulong)Read32(name[(length - 4)..]) << ((length - 4) * 8));
        return Short(name);
    }

    /// <summary>The bits of the first <paramref name="length"/> bytes of eight, 0 to 8.</summary>
    internal static ulong MaskOf(int length) => length == 8 ? ulong.MaxValue : (1UL << (length * 8)) - 1;

    private static ulong Short(ReadOnlySpan<byte> name)
    {
        ulong key = 0;
        for (int i = name.Length - 1; i >= 0; i--)
            key = (key << 8) | name[i];
        return key;
    }

    private static ulong Mix(ulong low, ulong high, int length)
    {
        ulong mixed = (low * MixLow) ^ ((high + (ulong)length) * MixHigh);
        return mixed ^ (mixed >> 29);
    }

    private static ulong Read64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
