using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.Tests;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Makes a test's commands into those that a district takes, in the order of their instants. Ids are their places in the file.</summary>
internal static class TestCommands
{
    public static ImmutableArray<OrderCommand> Make(TestCase test) =>
        [.. test.Commands.Select((written, place) => Make(test.Start, written, place + 1)).OrderBy(command => command.AtTicks)];

    private static OrderCommand Make(Instant start, TestCommand written, int number) =>
        new($"command-{number.ToString(CultureInfo.InvariantCulture)}", Enum.Parse<OrderVerb>(written.Command, ignoreCase: true), TicksOf(start, written.At), written.Actor, written.Reason)
        {
            RuleId = written.Rule,
            Key = written.Key,
            Order = written.Order,
            UntilTicks = written.Until is { } until ? TicksOf(start, until) : null,
            ToUnit = written.To,
        };

    private static long TicksOf(Instant start, Duration offset) => (start + offset).ToUnixTimeTicks();
}
