using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AlertEngine.Engine.Ingest.Json;

/// <summary>Finds where a text of the JSON ends or is more than plain characters, sixteen bytes at a time.</summary>
internal static class JsonTexts
{
    /// <summary>The place of the first quote, backslash or control character from <paramref name="at"/> on; the length where there is none.</summary>
    internal static int FindSpecial(ReadOnlySpan<byte> json, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(json);
        while (at + Vector128<byte>.Count <= json.Length)
        {
            uint found = SpecialsOf(Vector128.LoadUnsafe(ref first, (nuint)at));
            if (found != 0)
                return at + BitOperations.TrailingZeroCount(found);
            at += Vector128<byte>.Count;
        }

        while (at < json.Length && json[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
            at++;
        return at;
    }

    /// <summary>A bit for each of the sixteen bytes that is a quote, a backslash or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint SpecialsOf(Vector128<byte> block) =>
        (Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(block, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
}
