using AlertEngine.Simulation.Running;
using Xunit;

namespace AlertEngine.Simulation.Tests;

/// <summary>
/// Goal: the simulator would see it if the engine were wrong. Method: the engine is built wrong in one place at a time, and each time some seed
/// must break a promise soon. The engine as it is keeps them over the same seeds.
/// </summary>
public sealed class PlantedBugTests
{
    private const int Seeds = 500;

    public static TheoryData<string> Bugs => [.. Enum.GetNames<PlantedBug>().Where(name => name != nameof(PlantedBug.None))];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Each_planted_bug_is_found(string name)
    {
        PlantedBug bug = Enum.Parse<PlantedBug>(name);
        Verdict? found = SeedRange.FirstViolation(1, Seeds, bug);
        Assert.True(found is not null, $"{name} is not found within {Seeds} seeds");
        Assert.Null(Running.Simulation.Run(found.Seed).Violation);
    }
}
