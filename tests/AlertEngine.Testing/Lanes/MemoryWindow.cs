using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Testing.Lanes;

/// <summary>A window that forgets nothing: what the bounded one does within its bound.</summary>
public sealed class MemoryWindow : IEventWindow
{
    private readonly Dictionary<UInt128, (ulong Hash, Coordinate At)> _keys = [];

    public WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at)
    {
        WindowVerdict verdict = Judge(key, payloadHash, at);
        _keys.TryAdd(key, (payloadHash, at));
        return verdict;
    }

    public WindowVerdict Judge(UInt128 key, ulong payloadHash, Coordinate at)
    {
        if (!_keys.TryGetValue(key, out (ulong Hash, Coordinate At) known))
            return WindowVerdict.New;
        (ulong hash, Coordinate seen) = known;
        return seen == at ? WindowVerdict.OwnReplay : hash == payloadHash ? WindowVerdict.Duplicate : WindowVerdict.Conflict;
    }

    public void Remember(UInt128 key, ulong payloadHash, Coordinate at) => _keys[key] = (payloadHash, at);

    public void Recreated(int input)
    {
        foreach ((UInt128 key, (ulong hash, Coordinate at)) in _keys.Where(pair => pair.Value.At.Input == input).ToArray())
            _keys[key] = (hash, new Coordinate(input, IInputPort.Earliest));
    }

    public void Encode(StateWriter writer)
    {
        writer.Count(_keys.Count);
        foreach ((UInt128 key, (ulong hash, Coordinate at)) in _keys)
        {
            writer.Unsigned((ulong)(key >> 64));
            writer.Unsigned((ulong)key);
            writer.Unsigned(hash);
            writer.Count(at.Input);
            writer.Signed(at.Offset);
        }
    }

    public void Restore(StateReader reader)
    {
        _keys.Clear();
        for (int left = reader.Count(); left > 0; left--)
        {
            UInt128 key = ((UInt128)reader.Unsigned() << 64) | reader.Unsigned();
            _keys[key] = (reader.Unsigned(), new Coordinate(reader.Count(), reader.Signed()));
        }
    }
}
