using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Ports;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>
/// Question: what does the window cost an event that is new, when the window is full and each newcomer pushes out the oldest? Baseline: a
/// dictionary of texts with a queue beside it.
/// </summary>
[MemoryDiagnoser]
public class DeduplicateBenchmarks
{
    private const int Keys = 100_000;

    private readonly UInt128[] _keys = [.. Enumerable.Range(0, 4 * Keys).Select(number => new UInt128((ulong)number * 0x9E3779B97F4A7C15, (ulong)number * 0xC2B2AE3D27D4EB4F))];
    private readonly string[] _texts = [.. Enumerable.Range(0, 4 * Keys).Select(number => $"/water/gauge/{number % 7}|e{number:D9}")];
    private readonly EventWindow _window = new(new WindowOptions { MaxKeys = Keys, ExpectedKeys = Keys });
    private readonly Dictionary<string, long> _dictionary = new(Keys, StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new(Keys);
    private int _next;

    [Benchmark(Baseline = true)]
    public bool Dictionary_of_texts()
    {
        string text = _texts[_next = (_next + 1) % _texts.Length];
        if (!_dictionary.TryAdd(text, _next))
            return false;
        _oldest.Enqueue(text);
        return _oldest.Count <= Keys || _dictionary.Remove(_oldest.Dequeue());
    }

    [Benchmark]
    public WindowVerdict Window() => _window.Admit(_keys[_next = (_next + 1) % _keys.Length], 1, new Coordinate(0, _next));
}
