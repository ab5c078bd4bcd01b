using Akka.Actor.Setup;
using Akka.Configuration;

namespace AlertEngine.Engine.Lanes;

/// <summary>A database that keeps lanes, as an actor system wants to be told of it. Disposed after the system has ended.</summary>
public interface ILaneStorage : IDisposable
{
    /// <summary>Settings for the actor system; they win over its others.</summary>
    Config Configuration { get; }

    /// <summary>What settings cannot say; null where they say all.</summary>
    Setup? Options { get; }
}
