namespace AlertEngine.Rules.Matching;

/// <summary>How grave an alert is: 蓝黄橙红, in rising order.</summary>
public enum Severity
{
    /// <summary>蓝.</summary>
    Blue = 0,

    /// <summary>黄.</summary>
    Yellow,

    /// <summary>橙.</summary>
    Orange,

    /// <summary>红.</summary>
    Red,
}

/// <summary>A text in both languages; a plain string of a rule file is both.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalText(string Zh, string En)
{
    /// <summary>The same text in both languages.</summary>
    public static LocalText Both(string text) => new(text, text);
}
