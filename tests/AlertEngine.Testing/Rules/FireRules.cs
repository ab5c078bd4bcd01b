namespace AlertEngine.Testing.Rules;

/// <summary>The smallest city that makes orders: every fire alarm is one, once a device. What tests of whole processes run, each with its own ending.</summary>
public static class FireRules
{
    /// <summary>The rule file.</summary>
    /// <param name="severity">How grave an alarm is.</param>
    /// <param name="title">What the order is called: a mapping of languages.</param>
    /// <param name="to">The units of its route.</param>
    /// <param name="more">What else the rule says, one line a key.</param>
    public static string Text(string severity = "red", string title = "{ zh: 火警, en: Fire alarm }", string to = "gulou", params IEnumerable<string> more) => $$$"""
        alertengine: rules/v1
        pack: fire
        events:
          fire.alarm: { level: { type: double } }
        rules:
          - id: fire-alarm
            name: { zh: 火警, en: Fire alarm }
            owner: fire
            stage: live
            source: { type: fire.alarm }
            key: event.device
            detect: { each: { when: event.level > 9.0, once: true } }
            severity: { base: {{{severity}}} }
            title: {{{title}}}
            routes: [ { to: {{{to}}} } ]
        {{{string.Concat(more.Select(line => $"    {line}\n"))}}}
        """;

    /// <summary>The city file: two districts, and the unit <c>gulou</c>.</summary>
    /// <param name="moreUnits">Further units, one list item a line.</param>
    public static string City(params IEnumerable<string> moreUnits) => $$"""
        alertengine: city/v1
        city: { code: '320100', name: { zh: 南京, en: Nanjing }, timezone: Asia/Shanghai }
        levels: [ district, city ]
        units:
        {{string.Concat(moreUnits.Prepend("{ id: gulou, name: { zh: 鼓楼, en: Gulou } }").Select(unit => $"  - {unit}\n"))}}
        districts:
          - { code: '320106', name: { zh: 鼓楼, en: Gulou } }
          - { code: '320104', name: { zh: 秦淮, en: Qinhuai } }

        """;
}
