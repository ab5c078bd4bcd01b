using System.Collections.Immutable;
using System.Reflection;

namespace AlertEngine.Engine.Publish;

/// <summary>The JSON Schemas (2020-12) of the messages that leave the engine, and of commands to it, as they stand beside the code that writes or reads them.</summary>
public static class ContractSchemas
{
    /// <summary>The schema of an alert's messages.</summary>
    public const string Alert = "alert.v1.schema.json";

    /// <summary>The schema of a work order's messages.</summary>
    public const string WorkOrder = "workorder.v1.schema.json";

    /// <summary>The schema of the answers to commands.</summary>
    public const string Reply = "reply.v1.schema.json";

    /// <summary>The schema of commands and feedback, which come in.</summary>
    public const string Command = "command.v1.schema.json";

    /// <summary>The schema of events, which come in.</summary>
    public const string Event = "event.v1.schema.json";

    /// <summary>The schema of dead letters.</summary>
    public const string DeadLetter = "deadletter.v1.schema.json";

    /// <summary>The schema of switched modes and scenes.</summary>
    public const string Notification = "notification.v1.schema.json";

    /// <summary>The schema of digests.</summary>
    public const string Digest = "digest.v1.schema.json";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Alert, WorkOrder, Reply, Command, Event, DeadLetter, Notification, Digest];

    /// <summary>The text of a schema.</summary>
    /// <param name="name">One of the names above.</param>
    /// <exception cref="ArgumentException">There is no schema of that name.</exception>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new ArgumentException($"no schema {name}", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
