using System.Globalization;

namespace AlertEngine.Chaos;

/// <summary>
/// What is run: <c>--rounds N --seed S [--journal sqlite|postgresql] [--brokers 1|3] [--engines E] [--victim NAME] [--ledger FILE --commit C]</c>; with <c>--mix</c>
/// one city after the other in each of <see cref="Layouts"/>, each for <c>--city-rounds N</c>; with <c>--throughput</c> no rounds but a comparison of
/// <c>--seconds N</c> undisturbed with as many under a kill every 15 s.
/// </summary>
internal sealed record ChaosOptions
{
    /// <summary>The cities of a mixed run: the embedded journal; two engines on one database; a cluster that survives one of its brokers.</summary>
    private static readonly (bool IsShared, int Brokers, int Engines)[] Layouts = [(false, 1, 1), (true, 1, 2), (true, 3, 2)];

    public int Rounds { get; init; } = 10;

    public int Seed { get; init; } = 1;

    /// <summary>Whether engines share a PostgreSQL; otherwise one engine has a SQLite file.</summary>
    public bool IsShared { get; init; }

    public int Brokers { get; init; } = 1;

    /// <summary>Engine processes; one where the journal is SQLite.</summary>
    public int Engines { get; init; } = 1;

    /// <summary>Whether cities of all layouts take turns.</summary>
    public bool IsMixed { get; init; }

    /// <summary>How many rounds one city of a mixed run lives through.</summary>
    public int CityRounds { get; init; } = 25;

    /// <summary>How the names of victims begin; empty: all are.</summary>
    public string Victim { get; init; } = "";

    /// <summary>For how long throughput is measured, undisturbed and again under kills, in seconds.</summary>
    public int Seconds { get; init; } = 90;

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
            IsMixed = arguments.Contains("--mix"),
            CityRounds = Number(arguments, "--city-rounds", 25),
            Victim = Text(arguments, "--victim") ?? "",
            Seconds = Number(arguments, "--seconds", 90),
            Ledger = Text(arguments, "--ledger"),
            Commit = Text(arguments, "--commit") ?? "unknown",
        };
    }

    /// <summary>The next city of a run: its layout, its seed and how many of the remaining rounds it takes.</summary>
    /// <param name="city">Its number, from 0.</param>
    /// <param name="roundsLeft">How many rounds the run still has to do.</param>
    public ChaosOptions City(int city, int roundsLeft)
    {
        if (!IsMixed)
            return this with { Seed = Seed + city, Rounds = roundsLeft };
        (bool isShared, int brokers, int engines) = Layouts[city % Layouts.Length];
        return this with { Seed = Seed + city, Rounds = Math.Min(CityRounds, roundsLeft), IsShared = isShared, Brokers = brokers, Engines = engines };
    }

    private static int Number(string[] arguments, string option, int otherwise) =>
        Text(arguments, option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] arguments, string option)
    {
        int place = Array.IndexOf(arguments, option);
        return place >= 0 && place + 1 < arguments.Length ? arguments[place + 1] : null;
    }
}
