using System.CommandLine;
using System.Text.Json;
using AlertEngine.Host.Commands;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Commands;

/// <summary>Goal: an integrator finds out what is wrong with the events sent. Method: the command on a file of three dead letters, one of them published twice.</summary>
public sealed class DeadLettersCommandTests : IDisposable
{
    private const string Broken = """{"id":"aa01","data":{"value":"{\"id\":1\u001b[2J","valueBytes":11,"valueSha256":"f00d","headers":[{"name":"trace","valueBase64":"dA=="}],"__alertengine":{"errors":{"topic":"day.ndjson","partition":0,"offset":120,"code":"invalid-json","message":"the JSON ends early at byte 7","ruleset":"h"}}}}""";
    private const string Foreign = """{"id":"bb02","data":{"valueBase64":"/8A=","valueBytes":2,"valueSha256":"beef","__alertengine":{"errors":{"topic":"day.ndjson","partition":0,"offset":140,"code":"invalid-utf8","message":"the value is not UTF-8","ruleset":"h"}}}}""";
    private const string Secret = """{"id":"aa03","data":{"withheld":true,"valueBytes":9,"valueSha256":"cafe","__alertengine":{"errors":{"topic":"day.ndjson","partition":0,"offset":150,"code":"invalid-json","message":"the JSON ends early at byte 9","ruleset":"h"}}}}""";

    private readonly WorkFolder _folder = new();
    private readonly string _file;

    public DeadLettersCommandTests() => _file = _folder.Write("deadletters.ndjson", $"{Broken}\n{Foreign}\n{Broken}\n{Secret}\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_list_counts_by_reason_and_names_each_dead_letter_once() => Assert.Equal(
        """
               2  invalid-json
               1  invalid-utf8
        aa01  invalid-json         day.ndjson/0 120
        bb02  invalid-utf8         day.ndjson/0 140
        aa03  invalid-json         day.ndjson/0 150

        """, (await RunAsync(0, "list", "--file", _file)).Output, ignoreLineEndingDifferences: true);

    [Fact]
    public async Task A_list_is_the_same_from_the_folder_of_a_replay() =>
        Assert.Equal((await RunAsync(0, "list", "--file", _file)).Output, (await RunAsync(0, "list", "--out", _folder.Path)).Output);

    [Fact]
    public async Task As_json_it_is_one_object_a_line()
    {
        JsonElement[] list = [.. (await RunAsync(0, "list", "--file", _file, "--format", "json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        Assert.Equal(["aa01", "bb02", "aa03"], list.Select(letter => letter.GetProperty("id").GetString()));
        Assert.Equal(["invalid-json", "invalid-utf8", "invalid-json"], list.Select(letter => letter.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_list_can_be_of_one_reason() => Assert.Equal(
        "       1  invalid-utf8\nbb02  invalid-utf8         day.ndjson/0 140\n", (await RunAsync(0, "list", "--file", _file, "--reason", "invalid-utf8")).Output);

    [Fact]
    public async Task One_is_shown_with_what_was_sent_and_cannot_steer_the_terminal() => Assert.Equal(
        """
        id         aa01
        code       invalid-json
        message    the JSON ends early at byte 7
        topic      day.ndjson
        partition  0
        offset     120
        ruleset    h
        bytes      11
        sha256     f00d
        header     trace (base64) dA==

        {"id":1\u001b[2J

        """, (await RunAsync(0, "show", "aa01", "--file", _file)).Output, ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData("bb", "(not UTF-8, shown as base64)\n/8A=\n")]
    [InlineData("aa03", "(withheld: it may hold a sensitive field)\n")]
    public async Task Bytes_that_are_no_text_and_what_is_withheld_are_told_as_such(string id, string ending) =>
        Assert.EndsWith("\n\n" + ending, (await RunAsync(0, "show", id, "--file", _file, "--lang", "en")).Output);

    [Fact]
    public async Task As_json_one_is_shown_as_it_was_published() =>
        Assert.Equal(JsonElement.Parse(Foreign).GetRawText(), JsonElement.Parse((await RunAsync(0, "show", "bb02", "--file", _file, "--format", "json")).Output).GetRawText());

    [Fact]
    public async Task An_id_that_is_not_there_is_a_finding() =>
        Assert.Equal("no dead letter begins with zz\n", (await RunAsync(1, "show", "zz", "--file", _file, "--lang", "en")).Error);

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        Assert.StartsWith("nowhere.ndjson: ", (await RunAsync(2, "list", "--file", "nowhere.ndjson")).Error);

    [Theory]
    [InlineData("list", "alertengine deadletters list --file out/deadletters.ndjson")]
    [InlineData("show", "alertengine deadletters show ba6e182b --file out/deadletters.ndjson")]
    public async Task Help_shows_an_example(string command, string example) => Assert.Contains(example, (await RunAsync(0, command, "--help")).Output);

    private static async Task<Ending> RunAsync(int exitCode, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int ended = await CommandTree.Create().Parse(["deadletters", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        Assert.True(ended == exitCode, $"ended in {ended}: {error}");
        return new Ending(ended, output.ToString(), error.ToString());
    }
}
