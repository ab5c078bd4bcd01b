using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using AlertEngine.Connectors.Sql;

namespace AlertEngine.Simulation.Conformance;

/// <summary>One process as the database sees it: an actor system with the engine's journal in it.</summary>
internal sealed class JournalProcess : IAsyncDisposable
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.log-dead-letters = off\nakka.stdout-loglevel = OFF");

    private readonly SqlJournal _journal;

    public JournalProcess(JournalOptions options)
    {
        _journal = SqlJournal.Open(options);
        System = ActorSystem.Create("process", BootstrapSetup.Create().WithConfig(Quiet.WithFallback(_journal.Configuration)).And(_journal.Options!));
    }

    public ActorSystem System { get; }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        _journal.Dispose();
    }
}
