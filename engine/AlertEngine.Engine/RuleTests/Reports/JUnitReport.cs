using System.Globalization;
using System.Text;
using System.Xml;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>The results as JUnit's XML, which CI servers show: a suite for each file, a case for each test.</summary>
public static class JUnitReport
{
    /// <summary>The whole report.</summary>
    public static string Render(RuleTestReport report)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false), CheckCharacters = false };
        using var text = new Utf8Text();
        using (XmlWriter xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, report.Passed + report.Failed, report.Failed);
            foreach (RuleTestFileResult file in report.Files)
                WriteSuite(xml, file);
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void WriteSuite(XmlWriter xml, RuleTestFileResult file)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", file.Name);
        int failed = file.Tests.Count(test => !test.IsPassed) + (file.IsUnreadable ? 1 : 0);
        WriteCounts(xml, file.Tests.Length + (file.IsUnreadable ? 1 : 0), failed);
        if (file.IsUnreadable)
            WriteCase(xml, file.Name, file.Name, TextRenderer.Render(file.Diagnostics));
        foreach (RuleTestResult test in file.Tests)
            WriteCase(xml, file.Name, test.Name, test.IsPassed ? null : FailureOf(file, test));
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, int tests, int failures)
    {
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
    }

    private static void WriteCase(XmlWriter xml, string file, string name, string? failure)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", file);
        xml.WriteAttributeString("name", Printable(name));
        xml.WriteAttributeString("time", "0");
        if (failure is not null)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Printable(failure.Split('\n')[0]));
            xml.WriteString(Printable(failure));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string FailureOf(RuleTestFileResult file, RuleTestResult test)
    {
        var text = new StringBuilder();
        foreach (RuleTestFailure failure in test.Failures)
        {
            string at = failure.At is { } instant ? $" at {DurationText.Format(instant)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{file.Name}:{failure.Line}:{failure.Column}{at}: {failure.List}\n");
            foreach (RuleTestDifference difference in failure.Differences)
                text.Append("  expected ").Append(difference.Expected ?? "nothing").Append("\n  actual   ").Append(difference.Actual ?? "nothing").Append('\n');
            if (failure.NearestEvent is not null)
                text.Append("  nearest event ").Append(failure.NearestEvent).Append('\n');
            foreach (LocalText hint in failure.Hints)
                text.Append("  hint: ").Append(hint.En).Append('\n');
        }

        return text.ToString();
    }

    // XML 1.0 knows no control characters, not even escaped.
    private static string Printable(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\ufffd'));

    private sealed class Utf8Text : StringWriter
    {
        public Utf8Text()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
