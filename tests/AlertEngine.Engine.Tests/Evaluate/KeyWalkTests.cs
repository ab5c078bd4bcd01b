using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Evaluate;

/// <summary>
/// Goal: a snapshot that is taken while keys come and go misses none that was there all the time. Method: random tables that change between the
/// steps of a walk, also so much that they grow.
/// </summary>
public sealed class KeyWalkTests
{
    private static readonly CompiledRule Rule = TestRules.HoldAbove("hold", 50, Duration.FromMinutes(5), Duration.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_key_that_is_there_all_the_time_is_met_once(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 50; round++)
        {
            KeyStore store = new(3);
            List<KeyState> live = [.. Enumerable.Range(0, random.Next(200)).Select(number => Added(store, random.Next(3), $"old-{number}"))];
            HashSet<KeyState> lasting = new(live, ReferenceEqualityComparer.Instance);
            List<KeyState> met = [], some = [];
            for (KeyWalk walk = store.Walk(); walk.TryTake(some);)
            {
                met.AddRange(some);
                Change(store, live, lasting, random);
            }

            Assert.Equal(met.Count, met.Distinct<KeyState>(ReferenceEqualityComparer.Instance).Count());
            Assert.Empty(lasting.Except(met, ReferenceEqualityComparer.Instance));
        }
    }

    [Fact]
    public void A_walk_through_nothing_is_at_its_end()
    {
        List<KeyState> some = [];
        KeyWalk walk = new KeyStore(2).Walk();
        Assert.False(walk.TryTake(some));
        Assert.True(walk.IsAtEnd);
    }

    private static void Change(KeyStore store, List<KeyState> live, HashSet<KeyState> lasting, Random random)
    {
        for (int count = random.Next(8); count > 0; count--)
        {
            if (random.Next(4) > 0 || live.Count == 0)
            {
                live.Add(Added(store, random.Next(3), $"new-{random.NextInt64()}"));
                continue;
            }

            KeyState gone = live[random.Next(live.Count)];
            store.Remove(gone);
            live.Remove(gone);
            lasting.Remove(gone);
        }
    }

    private static KeyState Added(KeyStore store, int ruleNumber, string key)
    {
        KeyState state = Rule.Detector.NewState();
        store.Add(ruleNumber, key, state);
        return state;
    }
}
