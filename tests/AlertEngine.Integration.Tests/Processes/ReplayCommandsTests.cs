using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: a replay takes commands beside events, each at its own time, the one behind the last event too. Method: the program itself.</summary>
public sealed class ReplayCommandsTests : IDisposable
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: replayed-commands
        events: { fire.alarm: { level: { type: double } } }
        rules:
          - id: fire
            name: { en: Fire }
            owner: tests
            stage: live
            source: { type: fire.alarm }
            detect: { each: { when: "event.level > 3.0", once: true } }
            severity: { base: red }
            title: { en: Fire }
            routes: [ { to: brigade } ]
            escalate: [ { after: 10m, until: acknowledged, to: city } ]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_command_takes_effect_at_its_time_whatever_lies_between_in_the_files()
    {
        string events = _folder.Write("events.ndjson", $"{Event(1, "08:00:00")}\n{Event(2, "08:20:00")}\n{Event(3, "08:45:00")}\n");
        string commands = _folder.Write("commands.ndjson", $"{Command(1, "08:05:00", "acknowledge")}\n{Command(2, "09:30:00", "close")}\n{Command(3, "09:40:00", "acknowledge")}\nbroken\n");
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--events", events, "--commands", commands, "--rules", _folder.Write("test.rules.yaml", Rules), "--out", _folder.File("out"));
        Assert.Equal(0, ending.ExitCode);

        var files = new ReplayFiles(_folder.File("out"));
        // Device 1 was acknowledged in time; the others escalate, long before the command that lies beyond the last event.
        Assert.Equal(
            ["SD-1 dispatched dispatched", "SD-1 updated acknowledged", "SD-2 dispatched dispatched", "SD-2 escalated dispatched", "SD-3 dispatched dispatched", "SD-3 escalated dispatched", "SD-1 closed closed"],
            files.Messages("workorders.ndjson").Select(message => message.GetProperty("data")).Select(order => $"{Device(order)} {order.GetProperty("operation")} {order.GetProperty("status")}"));
        Assert.Equal(
            ["2026-07-01T00:05:00Z accepted", "2026-07-01T01:30:00Z accepted", "2026-07-01T01:40:00Z refused"],
            files.Messages("replies.ndjson").Select(reply => $"{reply.GetProperty("time")} {reply.GetProperty("data").GetProperty("outcome")}"));
        Assert.Equal(3, files.Count("events"));
        Assert.Equal("invalid-json", files.Messages("deadletters.ndjson").Single().GetProperty("data").GetProperty("__alertengine").GetProperty("errors").GetProperty("code").GetString());
    }

    private static string Device(JsonElement order) => new[] { "SD-1", "SD-2", "SD-3" }.Single(device => order.GetProperty("dedupKey").ToString().Contains(device, StringComparison.Ordinal));

    private static string Event(int number, string time) =>
        $$$"""{"specversion":"1.0","id":"e-{{{number}}}","source":"/test","type":"fire.alarm","subject":"SD-{{{number}}}","time":"2026-07-01T{{{time}}}+08:00","district":"320106","data":{"level":9.5}}""";

    private static string Command(int number, string time, string word) =>
        $$$"""{"specversion":"1.0","id":"c-{{{number}}}","source":"/console","type":"city.command.v1","time":"2026-07-01T{{{time}}}+08:00","district":"320106","data":{"command":"{{{word}}}","rule":"fire","key":"SD-1","actor":"wang","reason":"on duty"}}""";
}
