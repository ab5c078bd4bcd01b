using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>Writes the headers with which readers tell what they decided.</summary>
internal static class ReaderHeaderValues
{
    internal static ImmutableArray<RecordHeader> Refused(Rejection rejection, params ReadOnlySpan<RecordHeader> others) =>
        [Of(ReaderHeaders.RejectionCode, rejection.Code), Of(ReaderHeaders.RejectionMessage, rejection.Message), .. others];

    internal static RecordHeader Of(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
