using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: the dialect of YAML is strict and bounded, and every node knows its place. Method: small texts, exact answers.</summary>
public sealed class YamlReaderTests
{
    [Fact]
    public void On_no_and_yes_are_texts_true_is_a_boolean()
    {
        YamlMapping root = Assert.IsType<YamlMapping>(Read("a: on\nb: no\nc: yes\nd: true\ne: 'true'\n"));

        Assert.Equal([null, null, null, true, null], root.Entries.Select(entry => CoreSchema.Bool((YamlScalar)entry.Value)));
    }

    [Theory]
    [InlineData("12", 12.0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("0x1F", 31.0)]
    [InlineData("0o17", 15.0)]
    [InlineData("017", 17.0)]
    [InlineData("1_000", null)]
    [InlineData(".inf", null)]
    [InlineData("1e999", null)]
    [InlineData("12:30", null)]
    [InlineData("'12'", null)]
    public void Numbers_are_those_of_the_core_schema_and_finite(string written, double? expected)
    {
        YamlMapping root = Assert.IsType<YamlMapping>(Read($"a: {written}\n"));

        Assert.Equal(expected, CoreSchema.Number((YamlScalar)root.Entries[0].Value));
    }

    [Theory]
    [InlineData("a: b\n", "ab")]
    [InlineData("a: foo\n   bar\n\n   baz\n", "foo bar\nbaz")]
    [InlineData("a: 'it''s\n  so'\n", "it's so")]
    [InlineData("a: \"x\\ty \\u4e2d\\x41 \\\\ \\\"q\\\"\\\n   z\"\n", "x\ty 中A \\ \"q\"z")]
    [InlineData("a: >-\n  one\n  two\n\n    more\n  three\n", "one two\n\n  more\nthree")]
    [InlineData("a: |2-\n    x\n  y\n", "  x\ny")]
    [InlineData("a: |\n  水位 > 3\n  && b\n", "水位 > 3\n&& b\n")]
    public void Every_inked_character_of_a_scalar_is_found_where_it_stands(string text, string value)
    {
        SourceText source = SourceText.From("t.yaml", text);
        YamlScalar scalar = Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(Read(text)).Entries[0].Value is YamlScalar found ? found : null);
        if (value != "ab")
            Assert.Equal(value, scalar.Value);

        for (int i = 0; i < scalar.Value.Length; i++)
        {
            int offset = ScalarMap.OffsetOf(source, scalar, i);
            char there = source.Text[Math.Min(offset, source.Text.Length - 1)];
            Assert.True(char.IsWhiteSpace(scalar.Value[i]) || there == scalar.Value[i] || there == '\\', $"{i}: '{scalar.Value[i]}' is not at {offset}, '{there}'");
        }
    }

    [Fact]
    public void A_place_within_a_folded_scalar_is_a_line_and_column_of_the_file()
    {
        const string Text = "when: >\n  event.a > 1\n  && event.levle > 2\n";
        SourceText source = SourceText.From("t.yaml", Text);
        YamlScalar scalar = (YamlScalar)Assert.IsType<YamlMapping>(Read(Text)).Entries[0].Value;
        int index = scalar.Value.IndexOf("levle", StringComparison.Ordinal);

        TextSpan span = ScalarMap.Locate(source, scalar, index, 5);

        Assert.Equal("levle", source.Text.Substring(span.Start, span.Length));
        Assert.Equal((3, 12), source.PositionOf(span.Start));
    }

    [Fact]
    public void Line_endings_and_a_byte_order_mark_do_not_move_places()
    {
        SourceText source = SourceText.From("t.yaml", "\ufeffa: 1\r\nb: 2\rc: 3\n");

        Assert.Equal("a: 1\nb: 2\nc: 3\n", source.Text);
        Assert.Equal((3, 4), source.PositionOf(source.Text.IndexOf('3', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a: &x 1\n", "t.yaml:1:4 AE2005 不支持别名与锚点 / the anchor &x; write the value out where it is needed")]
    [InlineData("a: *x\n", "t.yaml:1:4 AE2005 不支持别名与锚点 / the alias *x; write the value out")]
    [InlineData("*x : 1\n", "t.yaml:1:1 AE2005 不支持别名与锚点 / the alias *x; write the value out")]
    [InlineData("a: !!str 1\n", "t.yaml:1:4 AE2006 不支持类型标签 / a tag; types are decided by the key")]
    [InlineData("a: 1\nb: 2\na: 3\n", "t.yaml:3:1 AE2007 键重复 / the key 'a' stands twice in one mapping")]
    [InlineData("? [a]\n: 1\n", "t.yaml:1:3 AE2008 键必须是简单文本 / a key must be a plain word")]
    [InlineData("a: 1\n---\nb: 2\n", "t.yaml:2:1 AE2009 一个文件只能有一个文档 / a second document begins here; one document a file")]
    [InlineData("# nothing\n", "t.yaml:1:1 AE2010 文件为空 / the file is empty")]
    [InlineData("a: \u0001\n", "t.yaml:1:4 AE2012 含有不允许的字符 / the character U+0001 is not allowed in YAML")]
    [InlineData("a: {b: 1\n", "t.yaml:2:1 AE2001 YAML 格式错误 / ',' or '}' is missing before this")]
    [InlineData("a: b: c\n", "t.yaml:1:5 AE2001 YAML 格式错误 / a ': ' inside an unquoted value; quote the value")]
    [InlineData("a:\n\tb: 1\n", "t.yaml:2:1 AE2001 YAML 格式错误 / a tab indents this line; YAML wants spaces")]
    public void What_is_not_of_the_dialect_is_refused_where_it_stands(string text, string expected)
    {
        DiagnosticBag diagnostics = new();

        Assert.Null(YamlReader.Read(SourceText.From("t.yaml", text), diagnostics));

        Assert.Equal(expected, Assert.Single(diagnostics.ToOrdered()).ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("[\n")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{? ")]
    public void A_hundred_thousand_levels_are_an_error_and_no_overflow(string level)
    {
        DiagnosticBag diagnostics = new();

        Assert.Null(YamlReader.Read(SourceText.From("t.yaml", string.Concat(Enumerable.Repeat(level, 100_000))), diagnostics));

        Assert.Contains(Assert.Single(diagnostics.ToOrdered()).Code, new[] { "AE2003", "AE2008" });
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        DiagnosticBag diagnostics = new();

        Assert.Null(YamlReader.Read(SourceText.From("t.yaml", bomb), diagnostics));

        Assert.Equal("t.yaml:1:4 AE2005 不支持别名与锚点 / the anchor &a; write the value out where it is needed", Assert.Single(diagnostics.ToOrdered()).ToString());
    }

    [Fact]
    public void Length_and_number_of_values_are_bounded()
    {
        YamlLimits limits = new() { LengthChars = 100, Nodes = 10 };

        Assert.Equal("AE2002", CodeOf(new string(' ', 101), limits));
        Assert.Equal("AE2004", CodeOf("[1,2,3,4,5,6,7,8,9,10]", limits));
    }

    [Fact]
    public void Random_texts_never_throw()
    {
        Random random = new(17);
        const string Alphabet = "a: b-[]{},?!&*#|>'\"%@`\n\n  \t\\水0<=~\u00a0";
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            DiagnosticBag diagnostics = new();
            YamlNode? node = YamlReader.Read(SourceText.From("t.yaml", text), diagnostics);
            Assert.Equal(node is null, diagnostics.HasErrors);
        }
    }

    private static string CodeOf(string text, YamlLimits limits)
    {
        DiagnosticBag diagnostics = new();
        Assert.Null(YamlReader.Read(SourceText.From("t.yaml", text), diagnostics, limits));
        return Assert.Single(diagnostics.ToOrdered()).Code;
    }

    private static YamlNode? Read(string text)
    {
        DiagnosticBag diagnostics = new();
        YamlNode? node = YamlReader.Read(SourceText.From("t.yaml", text), diagnostics);
        Assert.Empty(diagnostics.ToOrdered());
        return node;
    }
}
