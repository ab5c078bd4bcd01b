namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>The network extension: IP addresses and ranges of them.</summary>
internal static class NetworkExtension
{
    internal static IEnumerable<CelFunctionDeclaration> Functions()
    {
        var (ip, cidr, text) = (NetworkAddress.NetworkType, NetworkRange.NetworkType, CelType.String);
        yield return new("ip", CelOverload.Function(text, ip, ParseAddress), CelOverload.Function(cidr, ip, value => CelValue.Of(Range(value).Address)).AsMember());
        yield return new("isIP", CelOverload.Function(text, CelType.Bool, value => CelValue.Of(NetworkAddress.Parse(value.AsString!) is not null)));
        yield return new("ip.isCanonical", CelOverload.Function(text, CelType.Bool, IsCanonical));
        yield return new("cidr", CelOverload.Function(text, cidr, ParseRange));
        yield return new("isCIDR", CelOverload.Function(text, CelType.Bool, value => CelValue.Of(NetworkRange.Parse(value.AsString!) is not null)));
        yield return new("string", CelOverload.Function(ip, text, ToText), CelOverload.Function(cidr, text, ToText));
        yield return new("family", CelOverload.Function(ip, CelType.Int, value => CelValue.Of(Address(value).IsV4 ? 4L : 6L)).AsMember());
        yield return Question("isUnspecified", address => address.IsUnspecified);
        yield return Question("isLoopback", address => address.IsLoopback);
        yield return Question("isGlobalUnicast", address => address.IsGlobalUnicast);
        yield return Question("isLinkLocalUnicast", address => address.IsLinkLocalUnicast);
        yield return Question("isLinkLocalMulticast", address => address.IsLinkLocalMulticast);
        yield return new("prefixLength", CelOverload.Function(cidr, CelType.Int, value => CelValue.Of((long)Range(value).PrefixLength)).AsMember());
        yield return new("masked", CelOverload.Function(cidr, cidr, value => CelValue.Of(Range(value).Masked())).AsMember());
        yield return new("containsIP",
            CelOverload.Function(cidr, ip, CelType.Bool, (range, address) => CelValue.Of(Range(range).Contains(Address(address)))).AsMember(),
            CelOverload.Function(cidr, text, CelType.Bool, (range, address) => ContainsText(Range(range), ParseAddress(address))).AsMember());
        yield return new("containsCIDR",
            CelOverload.Function(cidr, cidr, CelType.Bool, (range, other) => CelValue.Of(Range(range).Contains(Range(other)))).AsMember(),
            CelOverload.Function(cidr, text, CelType.Bool, (range, other) => ContainsText(Range(range), ParseRange(other))).AsMember());
    }

    private static CelFunctionDeclaration Question(string name, Func<NetworkAddress, bool> holds) =>
        new(name, CelOverload.Function(NetworkAddress.NetworkType, CelType.Bool, value => CelValue.Of(holds(Address(value)))).AsMember());

    private static NetworkAddress Address(CelValue value) => (NetworkAddress)value.Reference!;

    private static NetworkRange Range(CelValue value) => (NetworkRange)value.Reference!;

    private static CelValue ParseAddress(CelValue value) => NetworkAddress.Parse(value.AsString!) is { } address
        ? CelValue.Of(address)
        : CelErrors.BadArgument($"'{value.AsString}' is no IP address", $"'{value.AsString}' 不是 IP 地址");

    private static CelValue ParseRange(CelValue value) => NetworkRange.Parse(value.AsString!) is { } range
        ? CelValue.Of(range)
        : CelErrors.BadArgument($"'{value.AsString}' is no CIDR range", $"'{value.AsString}' 不是 CIDR 地址段");

    private static CelValue IsCanonical(CelValue value)
    {
        var address = ParseAddress(value);
        return address.IsError ? address : CelValue.Of(Address(address).ToString() == value.AsString);
    }

    private static CelValue ToText(CelValue value) => CelValue.Of(value.Reference!.ToString()!);

    private static CelValue ContainsText(NetworkRange range, CelValue parsed) => parsed.Reference switch
    {
        NetworkAddress address => CelValue.Of(range.Contains(address)),
        NetworkRange other => CelValue.Of(range.Contains(other)),
        _ => parsed,
    };
}
