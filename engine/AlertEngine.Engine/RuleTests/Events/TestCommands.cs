using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.Tests;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Makes a test's commands into those that a district takes, in the order of their instants. Ids are their places in the file.</summary>
internal static class TestCommands
{
    private const string IdPrefix = "command-";

    /// <summary>The place, from 0, of a command in its file.</summary>
    public static int PlaceOf(string id) => int.Parse(id[IdPrefix.Length..], CultureInfo.InvariantCulture) - 1;

    public static ImmutableArray<DistrictCommand> Make(TestCase test) =>
        [.. test.Commands.Select((written, place) => Make(test.Start, written, place + 1)).OrderBy(command => command.AtTicks)];

    private static DistrictCommand Make(Instant start, TestCommand written, int number)
    {
        string id = IdPrefix + number.ToString(CultureInfo.InvariantCulture);
        DistrictCommand command = CommandWords.Make(written.Command, id, TicksOf(start, written.At), written.Actor, written.Reason, written.Order, written.To);
        command = command with { RuleId = written.Rule?.Value, Key = written.Key, UntilTicks = written.Until is { } until ? TicksOf(start, until) : null };
        return command switch
        {
            OrderCommand order => order with { Unit = written.Unit },
            SilenceCommand silence => silence with { District = written.District, EventClass = written.EventClass },
            _ => command,
        };
    }

    private static long TicksOf(Instant start, Duration offset) => (start + offset).ToUnixTimeTicks();
}
