using System.Globalization;

namespace AlertEngine.Chaos;

/// <summary>What is run: <c>--rounds N --seed S [--journal sqlite|postgresql] [--brokers 1|3] [--engines E] [--ledger FILE --commit C]</c>.</summary>
internal sealed record ChaosOptions
{
    public int Rounds { get; init; } = 10;

    public int Seed { get; init; } = 1;

    /// <summary>Whether engines share a PostgreSQL; otherwise one engine has a SQLite file.</summary>
    public bool IsShared { get; init; }

    public int Brokers { get; init; } = 1;

    /// <summary>Engine processes; one where the journal is SQLite.</summary>
    public int Engines { get; init; } = 1;

    public string? Ledger { get; init; }

    public string Commit { get; init; } = "unknown";

    public string Journal => IsShared ? "postgresql" : "sqlite";

    public static ChaosOptions Of(string[] arguments)
    {
        bool isShared = Text(arguments, "--journal") == "postgresql";
        return new ChaosOptions
        {
            Rounds = Number(arguments, "--rounds", 10),
            Seed = Number(arguments, "--seed", 1),
            IsShared = isShared,
            Brokers = Number(arguments, "--brokers", 1),
            Engines = isShared ? Number(arguments, "--engines", 2) : 1,
            Ledger = Text(arguments, "--ledger"),
            Commit = Text(arguments, "--commit") ?? "unknown",
        };
    }

    private static int Number(string[] arguments, string option, int otherwise) =>
        Text(arguments, option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] arguments, string option)
    {
        int place = Array.IndexOf(arguments, option);
        return place >= 0 && place + 1 < arguments.Length ? arguments[place + 1] : null;
    }
}
