using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>An IP address, strictly read: no zones, no leading zeros, no IPv4 written inside IPv6. Immutable.</summary>
internal sealed record NetworkAddress(UInt128 Bits, bool IsV4) : ICelOpaque
{
    internal static readonly CelType NetworkType = CelType.Named("net.IP");

    CelType ICelOpaque.Type => NetworkType;

    CelValue ICelOpaque.Member(string name) => CelValue.Missing;

    internal int Width => IsV4 ? 32 : 128;

    internal static NetworkAddress? Parse(string text) => text.Contains(':') ? ParseV6(text) : ParseV4(text);

    private static NetworkAddress? ParseV4(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 4)
            return null;
        UInt128 bits = 0;
        foreach (var part in parts)
        {
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
                return null;
            bits = (bits << 8) | octet;
        }
        return new NetworkAddress(bits, true);
    }

    private static NetworkAddress? ParseV6(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                return null;
        }
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        if (text.Contains('.') && address.IsIPv4MappedToIPv6)
            return null;
        UInt128 bits = 0;
        foreach (var octet in address.GetAddressBytes())
            bits = (bits << 8) | octet;
        return new NetworkAddress(bits, false);
    }

    internal bool IsUnspecified => Bits == 0;

    internal bool IsLoopback => IsV4 ? Starts(127, 8) : Bits == 1;

    internal bool IsMulticast => IsV4 ? Starts(0b1110, 4) : Starts(0xFF, 8);

    internal bool IsLinkLocalUnicast => IsV4 ? Starts(0xA9FE, 16) : Starts(0xFE80 >> 6, 10);

    // ff02:: with any flags; 224.0.0.0/24.
    internal bool IsLinkLocalMulticast => IsV4 ? Starts(0xE00000, 24) : Starts(0xFF, 8) && ((Bits >> 112) & 0xF) == 2;

    internal bool IsGlobalUnicast => !IsUnspecified && !IsLoopback && !IsMulticast && !IsLinkLocalUnicast && !(IsV4 && Bits == uint.MaxValue);

    private bool Starts(uint prefix, int length) => Bits >> (Width - length) == prefix;

    /// <summary>The canonical text: RFC 5952's for IPv6, always in hexadecimal.</summary>
    public override string ToString()
    {
        if (IsV4)
            return string.Join('.', Enumerable.Range(0, 4).Select(i => (byte)(Bits >> (24 - (8 * i)))));
        var groups = Enumerable.Range(0, 8).Select(i => (ushort)(Bits >> (112 - (16 * i)))).ToArray();
        var (start, length) = LongestZeros(groups);
        var hex = groups.Select(group => group.ToString("x", CultureInfo.InvariantCulture)).ToArray();
        return length < 2 ? string.Join(':', hex) : $"{string.Join(':', hex[..start])}::{string.Join(':', hex[(start + length)..])}";
    }

    private static (int Start, int Length) LongestZeros(ushort[] groups)
    {
        var best = (Start: 0, Length: 0);
        for (var i = 0; i < groups.Length; i++)
        {
            var end = i;
            while (end < groups.Length && groups[end] == 0)
                end++;
            if (end - i > best.Length)
                best = (i, end - i);
        }
        return best;
    }
}

/// <summary>A range of addresses: an address and how many of its leading bits count. Immutable.</summary>
internal sealed record NetworkRange(NetworkAddress Address, int PrefixLength) : ICelOpaque
{
    internal static readonly CelType NetworkType = CelType.Named("net.CIDR");

    CelType ICelOpaque.Type => NetworkType;

    CelValue ICelOpaque.Member(string name) => CelValue.Missing;

    internal static NetworkRange? Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || NetworkAddress.Parse(text[..slash]) is not { } address)
            return null;
        var digits = text.AsSpan(slash + 1);
        if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > address.Width)
            return null;
        return new NetworkRange(address, length);
    }

    internal bool Contains(NetworkAddress other) => other.IsV4 == Address.IsV4 && Masked(other.Bits) == Masked(Address.Bits);

    internal bool Contains(NetworkRange other) => other.PrefixLength >= PrefixLength && Contains(other.Address);

    internal NetworkRange Masked() => this with { Address = Address with { Bits = Masked(Address.Bits) } };

    // A shift by the full width would be a shift by nothing.
    private UInt128 Masked(UInt128 bits) => PrefixLength == 0 ? 0 : bits >> (Address.Width - PrefixLength) << (Address.Width - PrefixLength);

    /// <summary>The address as it was given, and the prefix length.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";
}
