namespace AlertEngine.Engine.Evaluate;

/// <summary>How an event stands to the watermark of a lateness class.</summary>
public enum Punctuality : byte
{
    /// <summary>It came before the watermark, and is taken in its order.</summary>
    InTime = 0,

    /// <summary>
    /// It came behind the watermark. Its district says whether it is late: only where something after it has been evaluated is its place taken,
    /// for the past is never evaluated again; where nothing was, it is still in order and nobody need lose it.
    /// </summary>
    Behind,

    /// <summary>It came beyond its lateness: the rule's policy says whether it is evaluated.</summary>
    Late,
}
