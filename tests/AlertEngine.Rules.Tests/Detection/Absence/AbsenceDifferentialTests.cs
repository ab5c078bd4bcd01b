using AlertEngine.Rules.Detection.Absence;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Absence;

public sealed class AbsenceDifferentialTests
{
    private const int Until = 120;

    [Fact]
    public void Absence_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("absence", Make);

    private static Trial Make(Random random)
    {
        int wait = random.Next(2, 15);
        int? seen = random.Next(2) == 0 ? wait + random.Next(20) : null;
        double stall = new[] { 0.25, 0.5, 0.75 }[random.Next(3)];
        (int Events, int Within)? clear = random.Next(2) == 0 ? (random.Next(1, 4), random.Next(1, 10)) : null;
        string[] keys = [.. Enumerable.Range(0, random.Next(1, 9)).Select(number => number == 5 ? "z" : $"d{number}")];
        // Some members never send, and some that send are no members.
        string[]? members = seen is null ? [.. keys.Where(_ => random.Next(6) > 0)] : null;
        int busy = random.Next(1, keys.Length + 1);
        IReadOnlyList<Sample> all = Trials.Stream(random, random.Next(80), 80, at => new Sample(at, Key: keys[random.Next(busy)], X: 1));
        var reference = new AbsenceReference(members is null ? all : [.. all.Where(sample => members.Contains(sample.Key))], members, wait, seen, stall, clear);
        var options = new AbsenceOptions(Seconds.Of(wait))
        {
            List = members is null ? default : [.. members],
            Seen = seen is { } limit ? (DurationOperand)Seconds.Of(limit) : null,
            Stall = stall,
            Clear = clear is { } back ? new AbsenceClear(back.Events, Seconds.Of(back.Within)) : null,
        };
        return new Trial(
            $"members {string.Join(' ', members ?? [])} for {wait} seen {seen} stall {stall} clear {clear}",
            new AbsenceDetector(options),
            all,
            Until,
            reference.Run(Until))
        {
            Before = driver => Array.ForEach(members ?? [], key => driver.Enter(key, 0)),
        };
    }
}
