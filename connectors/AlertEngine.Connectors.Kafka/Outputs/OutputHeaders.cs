using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// The headers of every output, with which anyone can prove that nothing is missing, repeated or reordered. A lane is named by <see cref="App"/> and
/// <see cref="Lane"/> together. Values are decimal text, but for the former.
/// </summary>
public static class OutputHeaders
{
    /// <summary>The engine whose lane wrote the message: the beginning of its transactional ids.</summary>
    public const string App = LaneHeaders.App;

    /// <summary>The lane that wrote the message.</summary>
    public const string Lane = LaneHeaders.Lane;

    /// <summary>Its number among all outputs of the lane, from 1.</summary>
    public const string EmitSeq = "ae-emit-seq";

    /// <summary>Its number among the lane's outputs of this topic, from 1.</summary>
    public const string TopicSeq = "ae-topic-seq";

    /// <summary>
    /// The run, from 2 on; absent in the first. After a person has accepted a rewind the lane sends again what came after the backup: the same orders with the same
    /// ids in a run of its own, in which <see cref="TopicSeq"/> begins again. <see cref="EmitSeq"/> goes on.
    /// </summary>
    public const string Run = "ae-run";

    /// <summary>Tells a structured CloudEvent.</summary>
    public const string ContentType = "content-type";

    /// <summary>The value of <see cref="ContentType"/>.</summary>
    public const string StructuredMode = "application/cloudevents+json; charset=utf-8";

    /// <summary>A number of a header; null where the header is missing or no number.</summary>
    public static long? NumberOf(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out byte[] text) && Utf8Parser.TryParse(text, out long number, out int read) && read == text.Length ? number : null;

    /// <summary>The engine that wrote a message; empty where it does not say.</summary>
    public static string AppOf(Headers? headers) => headers is not null && headers.TryGetLastBytes(App, out byte[] text) ? Encoding.UTF8.GetString(text) : "";

    internal static byte[] Text(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
