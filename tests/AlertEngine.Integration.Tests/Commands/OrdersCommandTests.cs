using System.CommandLine;
using System.Text.Json;
using AlertEngine.Host.Commands;
using AlertEngine.Integration.Tests.Processes;
using Xunit;

namespace AlertEngine.Integration.Tests.Commands;

/// <summary>Goal: a downstream system sees what became of its orders. Method: the commands on a file of two orders, one of which went to two units.</summary>
public sealed class OrdersCommandTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public OrdersCommandTests() => _folder.Write("workorders.ndjson", string.Join('\n',
        Message("aa01", 1, "dispatched", "dispatched", "grid", "2026-07-01T00:00:00Z"),
        Message("aa01", 1, "dispatched", "dispatched", "grid", "2026-07-01T00:00:00Z"),
        Message("bb02", 1, "dispatched", "dispatched", "grid", "2026-07-01T00:01:00Z"),
        Message("aa01", 2, "escalated", "dispatched", "district", "2026-07-01T00:05:00Z", "\"escalationReason\":\"not acknowledged within 5m\",\"commandUnit\":\"centre\","),
        Message("bb02", 2, "closed", "closed", "grid", "2026-07-01T02:01:00Z", "\"lastCommand\":{\"id\":\"c1\",\"command\":\"close\",\"actor\":\"crew\",\"reason\":\"done\",\"at\":\"2026-07-01T02:01:00Z\",\"unit\":\"fire\"},")) + "\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_list_shows_each_order_once_with_the_limit_that_has_passed() => Assert.Equal(
        "aa01  r2   escalated  dispatched   yellow district fire                     High water  overdue: resolve\nbb02  r2   closed     closed       yellow grid     fire                     High water\n",
        (await RunAsync(0, "list", "--at", "2026-07-01T10:30:00+08:00", "--lang", "en")).Output);

    [Theory]
    [InlineData("--open", "aa01")]
    [InlineData("--overdue", "aa01")]
    [InlineData("--unit=centre", "aa01")]
    [InlineData("--unit=fire", "aa01 bb02")]
    public async Task A_list_can_be_of_some(string option, string expected)
    {
        string output = (await RunAsync(0, "list", option, "--at", "2026-07-01T10:30:00+08:00")).Output;
        Assert.Equal(expected, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..4])));
    }

    [Fact]
    public async Task Nothing_is_overdue_before_its_limit() =>
        Assert.Equal("", (await RunAsync(0, "list", "--overdue", "--at", "2026-07-01T00:30:00Z")).Output);

    [Fact]
    public async Task An_instant_without_an_offset_is_refused() =>
        Assert.Equal("--at is an RFC 3339 time with an offset\n", (await RunAsync(2, "list", "--at", "2026-07-01T00:30:00", "--lang", "en")).Error);

    [Fact]
    public async Task A_timeline_tells_one_line_a_revision_by_whom_and_why() => Assert.Equal(
        """
        Work order bb02  High water
          2026-07-01T00:01:00Z  +0:00:00:00  r1   dispatched dispatched   yellow grid     fire                 route 1: no condition
          2026-07-01T02:01:00Z  +0:02:00:00  r2   closed     closed       yellow grid     fire                 close by crew (fire): done

        """, (await RunAsync(0, "timeline", "bb", "--lang", "en")).Output, ignoreLineEndingDifferences: true);

    [Fact]
    public async Task A_timeline_as_json_is_one_object_a_revision()
    {
        JsonElement[] lines = [.. (await RunAsync(0, "timeline", "aa01", "--format", "json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        Assert.Equal(["route 1: no condition", "not acknowledged within 5m"], lines.Select(line => line.GetProperty("why").GetString()));
    }

    [Theory]
    [InlineData("cap", "<references>alertengine/320106,aa01-1,2026-07-01T00:00:00-00:00</references>")]
    [InlineData("open311", "\"status_notes\": \"dispatched, district, yellow; not acknowledged within 5m\"")]
    public async Task An_order_is_shown_as_others_know_it(string view, string expected) =>
        Assert.Contains(expected, (await RunAsync(0, "show", "aa01", "--view", view)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_view_every_revision_is_shown_once() =>
        Assert.Equal(2, (await RunAsync(0, "show", "aa01")).Output.Split("\"workOrderId\"").Length - 1);

    [Fact]
    public async Task An_order_that_is_not_there_is_a_finding() =>
        Assert.Equal("no order begins with cc\n", (await RunAsync(1, "timeline", "cc", "--lang", "en")).Error);

    private async Task<(string Output, string Error)> RunAsync(int exitCode, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var invocation = new InvocationConfiguration { Output = output, Error = error };
        int actual = await CommandTree.Create().Parse(["orders", .. arguments, "--out", _folder.Path]).InvokeAsync(invocation, TestContext.Current.CancellationToken);
        Assert.Equal((exitCode, exitCode == 0 ? "" : error.ToString()), (actual, error.ToString()));
        return (output.ToString(), error.ToString());
    }

    private static string Message(string id, int revision, string operation, string status, string level, string time, string more = "") => $$$"""
        {"specversion":"1.0","id":"{{{id}}}-{{{revision}}}","source":"/alertengine/320106","type":"city.workorder.{{{operation}}}.v1","subject":"{{{id}}}","time":"{{{time}}}","data":{"workOrderId":"{{{id}}}","revision":{{{revision}}},"operation":"{{{operation}}}","status":"{{{status}}}",{{{more}}}"eventStatus":"actual","eventClass":{"scheme":"alertengine","code":"high"},"title":{"zh":"水位高","en":"High water"},"description":"high","severity":"yellow","urgency":"Expected","certainty":"Observed","location":{"district":"320106"},"lead":"fire","coHandlers":[],"routeReason":"route 1: no condition","commandLevel":"{{{level}}}","sla":{"resolveBy":"2026-07-01T02:00:00Z"},"alertId":"a1","alertStatus":"firing","detectedAt":"2026-07-01T00:00:00Z","dispatchedAt":"2026-07-01T00:00:00Z"}}
        """;
}
