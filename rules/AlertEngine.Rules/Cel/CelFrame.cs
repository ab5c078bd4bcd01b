namespace AlertEngine.Rules.Cel;

/// <summary>
/// What a compiled expression reads: a few records, each an array of slots. <c>event.level_m</c> is
/// <c>Records[event][slot of level_m]</c>, resolved when the expression is compiled; nothing is looked up by name afterwards.
/// Not thread-safe: each evaluating thread has its own frame, and moves records in and out of it.
/// </summary>
public sealed class CelFrame
{
    /// <summary>The records by the index that their <see cref="CelRecordType"/> was declared with. A record that is absent is an empty array.</summary>
    public CelValue[][] Records { get; }

    /// <summary>A frame with room for <paramref name="recordCount"/> records, all empty.</summary>
    public CelFrame(int recordCount)
    {
        Records = new CelValue[recordCount][];
        Array.Fill(Records, []);
    }

    // Variables of macros and bindings. They live here, not in closures, so that loops allocate nothing per element.
    internal CelValue[] Locals = [];

    // Steps of the loop that is running, over all loops inside it.
    internal int Steps;

    internal void Reserve(int locals)
    {
        if (Locals.Length < locals)
            Array.Resize(ref Locals, Math.Max(locals, 2 * Locals.Length));
    }
}
