using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;
using Xunit;

namespace AlertEngine.Engine.Tests.Deduplicate;

public sealed class EventWindowTests
{
    private static readonly Coordinate Here = new(0, 100);
    private static readonly Coordinate There = new(1, 100);

    [Fact]
    public void A_key_is_new_once()
    {
        EventWindow window = Window();
        Assert.Equal(WindowVerdict.New, window.Admit(7, 1, Here));
        Assert.Equal(WindowVerdict.Duplicate, window.Admit(7, 1, There));
        Assert.Equal(WindowVerdict.New, window.Admit(8, 1, There));
    }

    [Fact]
    public void A_replay_of_our_own_claim_is_not_a_duplicate()
    {
        EventWindow window = Window();
        window.Admit(7, 1, Here);
        Assert.Equal(WindowVerdict.OwnReplay, window.Admit(7, 1, Here));
    }

    [Fact]
    public void The_same_key_with_other_data_is_a_conflict_and_the_first_stays()
    {
        EventWindow window = Window();
        window.Admit(7, 1, Here);
        Assert.Equal(WindowVerdict.Conflict, window.Admit(7, 2, There));
        Assert.Equal(WindowVerdict.Duplicate, window.Admit(7, 1, There));
    }

    [Fact]
    public void The_same_offset_of_another_input_is_another_place() =>
        Assert.Equal((WindowVerdict.New, WindowVerdict.Duplicate), (Window().Admit(7, 1, Here), Twice().Admit(7, 1, new Coordinate(1, Here.Offset))));

    [Fact]
    public void Beyond_the_limit_the_oldest_is_forgotten_first()
    {
        EventWindow window = Window(maxKeys: 3);
        foreach (int key in new[] { 1, 2, 3, 4 })
            window.Admit((UInt128)key, 1, Here);
        Assert.Equal(3, window.Count);
        Assert.Equal(WindowVerdict.Duplicate, window.Admit(2, 1, There));
        Assert.Equal(WindowVerdict.New, window.Admit(1, 1, There));
        Assert.Equal(WindowVerdict.New, window.Admit(2, 1, There));
    }

    [Fact]
    public void What_the_journal_remembers_answers_like_what_was_admitted()
    {
        EventWindow window = Window();
        window.Remember(7, 1, Here);
        window.Remember(7, 9, There);
        Assert.Equal(WindowVerdict.OwnReplay, window.Admit(7, 1, Here));
        Assert.Equal(1, window.Count);
    }

    [Fact]
    public void A_restored_window_forgets_in_the_same_order_and_encodes_to_the_same_bytes()
    {
        EventWindow window = Window(maxKeys: 5);
        for (int i = 0; i < 13; i++)
            window.Admit(Spread(i), (ulong)i, new Coordinate(i % 2, i * 1000));
        EventWindow restored = Window(maxKeys: 5);
        restored.Admit(99, 9, Here);
        restored.Restore(new StateReader(Encoded(window)));
        for (int i = 13; i < 16; i++)
        {
            window.Admit(Spread(i), (ulong)i, Here);
            restored.Admit(Spread(i), (ulong)i, Here);
        }

        Assert.Equal(Encoded(window), Encoded(restored));
    }

    [Fact]
    public void It_agrees_with_a_plain_list_over_a_hundred_thousand_random_keys()
    {
        const int Limit = 700;
        EventWindow window = Window(Limit);
        var random = new Random(4711);
        var order = new Queue<UInt128>();
        var known = new Dictionary<UInt128, (ulong Hash, Coordinate At)>();
        for (int i = 0; i < 100_000; i++)
        {
            (UInt128 key, ulong hash, Coordinate at) = (Spread(random.Next(1500)), (ulong)random.Next(2), new Coordinate(0, random.Next(3)));
            WindowVerdict expected = !known.TryGetValue(key, out var seen) ? WindowVerdict.New
                : seen.At == at ? WindowVerdict.OwnReplay
                : seen.Hash == hash ? WindowVerdict.Duplicate : WindowVerdict.Conflict;
            Assert.Equal(expected, window.Admit(key, hash, at));
            if (expected != WindowVerdict.New)
                continue;
            order.Enqueue(key);
            known[key] = (hash, at);
            if (order.Count > Limit)
                known.Remove(order.Dequeue());
        }
    }

    [Fact]
    public void Bytes_that_end_early_are_a_corrupt_journal() =>
        Assert.Throws<InvalidDataException>(() => Window().Restore(new StateReader(Encoded(Twice())[..^1])));

    private static EventWindow Window(int maxKeys = 100) => new(new WindowOptions { MaxKeys = maxKeys });

    private static EventWindow Twice()
    {
        EventWindow window = Window();
        window.Admit(7, 1, Here);
        return window;
    }

    private static UInt128 Spread(int number) => new((ulong)number * 0x9E3779B97F4A7C15, (ulong)number * 0xC2B2AE3D27D4EB4F);

    private static byte[] Encoded(EventWindow window)
    {
        var writer = new StateWriter();
        window.Encode(writer);
        return writer.Written.ToArray();
    }
}
