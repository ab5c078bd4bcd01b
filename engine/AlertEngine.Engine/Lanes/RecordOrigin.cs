using System.Text;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Whether a record is meant for this engine. What lanes write for lanes goes through topics that engines of one cluster share; what another engine's
/// lane wrote there is for its own lanes. Events, and what people send, are for everybody who reads the topic.
/// </summary>
internal sealed class RecordOrigin(string app)
{
    private readonly byte[] _app = Encoding.UTF8.GetBytes(app);

    /// <summary>Whether another engine wrote the record for its own lanes.</summary>
    public bool IsForeign(InputKind kind, in InputRecord record)
    {
        if (kind == InputKind.Events || _app.Length == 0 || record.Headers.IsDefaultOrEmpty)
            return false;
        foreach (RecordHeader header in record.Headers)
        {
            if (header.Name == LaneHeaders.App)
                return !header.Value.Span.SequenceEqual(_app);
        }

        return false;
    }
}
