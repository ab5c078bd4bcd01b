namespace AlertEngine.Host;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCodes
{
    /// <summary>Done, nothing to complain about.</summary>
    public const int Done = 0;

    /// <summary>Findings: a rule error, a failed test, dead letters with <c>--strict</c>.</summary>
    public const int Findings = 1;

    /// <summary>Usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>The world: a broker, database or Redis that is not reachable or not ours.</summary>
    public const int World = 3;

    /// <summary>Interrupted by the keyboard, after a clean stop.</summary>
    public const int Interrupted = 130;
}
