using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Where lanes run: each on a thread of its own. A lane decodes without a pause as long as there are records; on the pool, what passes from hand
/// to hand there (a write to the journal goes through a dozen of them) would wait behind slices of that, and the next batch behind the write:
/// 89 ms a write instead of 51 on two busy cores. Unlike the framework's own pinned threads, one that has nothing to do sleeps at once: those look
/// again for a while, which alone cost an idle engine of five lanes 2 % of a core.
/// </summary>
public sealed class LaneDispatcher : MessageDispatcher
{
    /// <summary>What an actor is told to run there.</summary>
    public const string Name = "alertengine.lane-dispatcher";

    private readonly Queue<IRunnable> _runs = new();
    private bool _isShut;

    private LaneDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        // One message a turn: what a district or the journal answers is behind one slice of records at most.
        Throughput = 1;
        new Thread(Run) { IsBackground = true, Name = "alertengine-lane" }.Start();
    }

    /// <summary>What the actor system of lanes needs to know: one setting a line.</summary>
    public static Config Configuration { get; } = ConfigurationFactory.ParseString($"""
        {Name}.type = "{typeof(Maker).AssemblyQualifiedName}"
        """);

    /// <inheritdoc />
    protected override void ExecuteTask(IRunnable run)
    {
        lock (_runs)
        {
            _runs.Enqueue(run);
            Monitor.Pulse(_runs);
        }
    }

    /// <inheritdoc />
    protected override void Shutdown()
    {
        lock (_runs)
        {
            _isShut = true;
            Monitor.Pulse(_runs);
        }
    }

    private void Run()
    {
        while (Next() is { } run)
        {
            try
            {
                run.Run();
            }
            catch (Exception fault)
            {
                // What actors throw ends at their mailboxes; this thread must not end with anything else.
                Configurator.Prerequisites.EventStream.Publish(new Error(fault, Name, typeof(LaneDispatcher), fault.Message));
            }
        }
    }

    /// <summary>The next turn, once there is one; null after the end.</summary>
    private IRunnable? Next()
    {
        lock (_runs)
        {
            while (_runs.Count == 0 && !_isShut)
                Monitor.Wait(_runs);
            return _runs.TryDequeue(out IRunnable? run) ? run : null;
        }
    }

    /// <summary>Makes a dispatcher, and with it a thread, for each lane. Called by the framework.</summary>
    public sealed class Maker(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
    {
        /// <inheritdoc />
        public override MessageDispatcher Dispatcher() => new LaneDispatcher(this);
    }
}
