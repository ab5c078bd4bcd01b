using System.Text.RegularExpressions;
using AlertEngine.Host.Configuration;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Pages;

/// <summary>Goal: the configuration table can be trusted. Method: the page's rows beside the keys that the program knows.</summary>
public sealed partial class OperatorsPageTests
{
    [Fact]
    public void The_configuration_table_names_every_key_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(Checkout.Root, "engine", "AlertEngine.Host", "README.md"));
        Assert.Equal(
            SettingKeys.All.Select(key => key.Name).Append($"{SettingKeys.ClientPrefix}*").Order(StringComparer.Ordinal),
            KeyRow().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    /// <summary>Only what can be set: metrics and topics stand in other tables, with names in lower case.</summary>
    [GeneratedRegex("(?m)^\\| `([A-Z][A-Za-z:*]+)` \\|")]
    private static partial Regex KeyRow();
}
