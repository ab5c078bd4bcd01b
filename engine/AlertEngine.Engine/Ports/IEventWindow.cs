using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Ports;

/// <summary>What a lane's window says of a key.</summary>
public enum WindowVerdict
{
    /// <summary>Not seen before, and remembered from now on.</summary>
    New = 0,

    /// <summary>Seen at this very coordinate: we ourselves before a crash. Not a duplicate.</summary>
    OwnReplay,

    /// <summary>Seen elsewhere with the same data.</summary>
    Duplicate,

    /// <summary>Seen elsewhere with other data.</summary>
    Conflict,
}

/// <summary>The recent keys of a lane: its truth about duplicates, journaled with each batch. Bounded. Not thread-safe.</summary>
public interface IEventWindow
{
    /// <summary>Judges a key and remembers nothing: whether it is ours is still asked elsewhere.</summary>
    WindowVerdict Judge(UInt128 key, ulong payloadHash, Coordinate at);

    /// <summary>Judges a key, and remembers it where it is new.</summary>
    WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at);

    /// <summary>Remembers a key that the journal says was admitted.</summary>
    void Remember(UInt128 key, ulong payloadHash, Coordinate at);

    /// <summary>An input was created anew: the keys read from it stay known, but no record of the new one is our own replay.</summary>
    void Recreated(int input);

    /// <summary>Writes all keys, oldest first.</summary>
    void Encode(StateWriter writer);

    /// <summary>Replaces all keys by written ones.</summary>
    void Restore(StateReader reader);
}
