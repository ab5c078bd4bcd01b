using System.Diagnostics;
using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: the examples of the consumers' page work as they stand there. Method: the program on a real broker; the example in C#, then the one in Java,
/// then the one in Python take the same orders as the same unit. The engine accepts the first acknowledgements and knows the others for repeats.
/// </summary>
public sealed class ConsumerExamplesTests
{
    private const int Orders = 6;
    private const string Replies = "alertengine.replies.v1";

    private static readonly string Examples = Path.Combine(Checkout.Root, "tests", "AlertEngine.Integration.Tests", "Pages", "Examples");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_are_acknowledged_once_though_three_programs_say_so()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = service.Configure("examples");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);
        await using var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        Assert.Equal(0, (await service.PublishAsync(0, Orders, config)).ExitCode);
        Assert.Equal(Orders, service.ReadOrders(Orders).Distinct().Count());

        int repeats = 0;
        await RequireAsync("C#", InCSharp(broker), service, "accepted", Orders);
        if (ServiceProcess.IsInstalled("javac"))
            await RequireAsync("Java", InJava(broker), service, "repeated", repeats += Orders);
        if (ServiceProcess.IsInstalled("python3"))
            await RequireAsync("Python", InPython(broker), service, "repeated", repeats += Orders);
        Assert.Equal(Orders, Answers(service, Orders, "accepted"));
        if (repeats < 2 * Orders)
            TestContext.Current.AddWarning("javac or python3 is not installed: an example of the consumers' page was not run");
    }

    private static async Task RequireAsync(string example, IAsyncDisposable running, FireService service, string outcome, int expected)
    {
        await using (running)
            Assert.True(Answers(service, expected, outcome) == expected, $"the example in {example} was not answered as it should be");
    }

    private static int Answers(FireService service, int atLeast, string outcome) =>
        service.Read(Replies, atLeast, reply => reply.GetProperty("data").GetProperty("outcome").GetString() == outcome).Length;

    private static RunningExample InCSharp(KafkaBroker broker)
    {
        var stop = new CancellationTokenSource();
        var reader = Task.Run(() => new Pages.Examples.OrderReader(broker.Bootstrap, "gulou").Run(_ => { }, stop.Token), CancellationToken.None);
        return new RunningExample(async () =>
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader);
            stop.Dispose();
        });
    }

    // Each program has a group of its own: it reads from the beginning.
    private static RunningExample InJava(KafkaBroker broker)
    {
        // The page's program, but for its group.
        string folder = ServiceProcess.NewFolder("java"), file = Path.Combine(folder, "OrderReader.java");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(Examples, "OrderReader.java")).Replace("\"-orders\"", "\"-java\"", StringComparison.Ordinal));
        return RunningExample.Of(new ProcessStartInfo("java", ["-cp", Path.Combine(KafkaBroker.Home, "libs", "*"), file, broker.Bootstrap, "gulou"]), folder);
    }

    private static RunningExample InPython(KafkaBroker broker)
    {
        var start = new ProcessStartInfo("bash", ["order_reader.sh", broker.Bootstrap, "gulou"]) { WorkingDirectory = Examples };
        start.Environment["PATH"] = $"{Path.Combine(KafkaBroker.Home, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        return RunningExample.Of(start, null);
    }

    /// <summary>A program that goes on until it is stopped.</summary>
    private sealed class RunningExample(Func<Task> stop) : IAsyncDisposable
    {
        public static RunningExample Of(ProcessStartInfo start, string? folder)
        {
            Process process = Process.Start(start)!;
            return new RunningExample(async () =>
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                process.Dispose();
                if (folder is not null)
                    Directory.Delete(folder, recursive: true);
            });
        }

        public async ValueTask DisposeAsync() => await stop();
    }
}
