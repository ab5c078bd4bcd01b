using AlertEngine.Host.Commands;
using AlertEngine.Host.Commands.Usage;
using AlertEngine.Host.Reports;
using Xunit;

namespace AlertEngine.Integration.Tests.Commands;

/// <summary>
/// Goal: a slip of the keyboard is told as what it is, with what was meant, before anything is read. Method: command lines with the exact text of
/// their faults; that such a line ends in 2 is shown on the program itself in <c>ExitCodeTests</c>.
/// </summary>
public sealed class UsageFaultTests
{
    [Theory]
    [InlineData("rules check --fromat json rules", "there is no option '--fromat'; did you mean '--format'?")]
    [InlineData("rules check --city --srtict rules", "there is no option '--srtict'")]
    [InlineData("rules check --city=a --fromat=json rules", "there is no option '--fromat'; did you mean '--format'?")]
    [InlineData("rules fmt -check rules", "there is no option '-check'; did you mean '--check'?")]
    [InlineData("rules test rules --wacth", "there is no option '--wacth'; did you mean '--watch'?")]
    [InlineData("cel eval --vras {} 1", "there is no option '--vras'; did you mean '--vars'?")]
    [InlineData("replay --events a --mpaping b c", "there is no option '--mpaping'; did you mean '--mapping'?")]
    [InlineData("replay --evnts x.ndjson", "there is no option '--evnts'; did you mean '--events'?\n--events is required")]
    [InlineData("topics check --boostrap b", "there is no option '--boostrap'; did you mean '--bootstrap'?")]
    public void A_mistyped_option_is_no_file(string line, string faults) => Assert.Equal(faults, FaultsOf(line, isChinese: false));

    [Theory]
    [InlineData("rulse check a", "there is no command 'rulse'; did you mean 'rules'?")]
    [InlineData("rules chek a", "there is no command 'chek'; did you mean 'check'?")]
    [InlineData("rules", "alertengine rules wants a command: check, fmt, schema, explain-defaults, test")]
    [InlineData("run now", "'now' is not expected here")]
    [InlineData("rules check", "PATH is required")]
    [InlineData("rules test a --junit", "--junit lacks its value")]
    [InlineData("rules test a --junit --watch", "--junit lacks its value")]
    [InlineData("rules check a --format xml", "--format cannot be 'xml': one of json, sarif, text")]
    [InlineData("publish --events a --rate fast", "--rate cannot be 'fast': a whole number")]
    [InlineData("lanes resume three", "N cannot be 'three': a whole number")]
    [InlineData("city locate --crs bd09", "--points is required\n--crs cannot be 'bd09': one of gcj02, wgs84")]
    public void Whatever_else_is_wrong_is_told_all_at_once(string line, string faults) => Assert.Equal(faults, FaultsOf(line, isChinese: false));

    [Theory]
    [InlineData("rules check --fromat json rules", "没有选项 '--fromat'；是否想写 '--format'？")]
    [InlineData("rulse", "没有命令 'rulse'；是否想写 'rules'？")]
    [InlineData("rules test", "缺少 PATH")]
    [InlineData("city locate --crs bd09", "缺少选项 --points\n--crs 的值 'bd09' 不对，可用：gcj02, wgs84")]
    public void In_chinese_too(string line, string faults) => Assert.Equal(faults, FaultsOf(line, isChinese: true));

    [Theory]
    [InlineData("rules check rules")]
    [InlineData("rules check -- --fromat")]
    [InlineData("cel eval -x")]
    [InlineData("cel eval -1")]
    [InlineData("rules check --help")]
    [InlineData("--lang zh")]
    [InlineData("replay --events a b --rules c d --format json")]
    public void What_is_right_is_let_through(string line) => Assert.Equal("", FaultsOf(line, isChinese: false));

    private static string FaultsOf(string line, bool isChinese)
    {
        Words words = new(isChinese);
        return string.Join('\n', UsageFaults.Of(CommandTree.Create(words).Parse(line.Split(' ')), words));
    }
}
