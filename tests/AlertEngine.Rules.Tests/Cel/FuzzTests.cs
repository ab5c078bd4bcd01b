using System.Globalization;
using System.Text;
using AlertEngine.Rules.Cel;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>
/// Mutated sources through parser, checker and evaluation: whatever is written, the answer is an expression or a finding within the
/// source. <c>ALERTENGINE_CEL_FUZZ</c> raises the number; each source depends on its number alone, so that a run can be resumed from
/// <c>ALERTENGINE_CEL_FUZZ_FROM</c>.
/// </summary>
public sealed class FuzzTests
{
    private static readonly string[] Seeds =
    [
        "event.level_m > 3.2 && event.count < 100 || !has(event.quality)", "event.tags.exists(t, t.startsWith('水位')) ? 'a' : \"b\\u0041\\n\"",
        "[1, 2u, -3.5e2, 0x1F, b'\\xff', r'\\d', null, true].map(x, x)", "{'a': {?'b': event.?count}, 1: [?optional.none()]}.a[?'b'].orValue(1)",
        "cel.bind(x, event.count + 1, x * x % 7 - x / 2)", "duration('1h30m') + (event.time - timestamp('2026-07-01T08:00:00Z')) >= duration('-5s')",
        "'%s %.3f %x'.format([event.count, 1.5, 255]).matches('^(a|[[:alpha:]\\\\d]{1,3})*?$')", "macros.per_m(event) > double(event.count) && macros.high && 'a' in lists.months.map(m, string(m))",
        "event.tags.transformMap(i, v, i > 0, v + '`').all(k, v, k >= 0 && v != '''x''')", "math.greatest(1, 2.0, event.count) == 2 && cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ".", "?", ":", ",", "，", "&&", "||", "!", "-", "==", "<", "'", "\"", "'''", "\\", "`", "r'", "b\"", "\\u", "\\U0010FFFF", "0x", "u", "e9", "99999999999999999999",
        "event", "event.", "has(", ".all(x, ", "cel.bind(", ".map(", "//", "\n", "\u0000", "\uD83D", "水", "🐱", "in", "null", "macros.high", ".?", "[?", "duration('", ".matches('", "(?i)", "[^", "{1,1000}",
    ];

    private static long From => Number("ALERTENGINE_CEL_FUZZ_FROM", 0);

    private static long Count => Number("ALERTENGINE_CEL_FUZZ", 20_000);

    [Fact]
    public void Whatever_is_written_the_answer_is_an_expression_or_a_finding()
    {
        for (var number = From; number < From + Count; number++)
        {
            var source = Mutated(number);
            try
            {
                Check(source);
            }
            catch (Exception fault)
            {
                Assert.Fail($"source {number}: {source}\n{fault}");
            }
        }
    }

    private static void Check(string source)
    {
        var compilation = CelSample.Environment.Compile(source);
        Assert.NotEqual(compilation.Expression is null, compilation.Error is null);
        Assert.All(compilation.Diagnostics, finding => Assert.True(finding.Start >= 0 && finding.Length >= 0 && finding.Start + finding.Length <= source.Length, $"{finding}"));
        compilation.Expression?.Interpret(CelSample.Frame());
    }

    private static string Mutated(long number)
    {
        var random = new Random(unchecked((int)(number * 2654435761)));
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var edits = random.Next(1, 6); edits > 0; edits--)
            Edit(text, random);
        return text.ToString();
    }

    private static void Edit(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at));
                break;
            case 1:
                var other = Seeds[random.Next(Seeds.Length)];
                var from = random.Next(other.Length);
                text.Insert(at, other.AsSpan(from, random.Next(other.Length - from)));
                break;
            case 2:
                text.Insert(at, (char)random.Next(1, 0x3100));
                break;
            default:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }

    private static long Number(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
