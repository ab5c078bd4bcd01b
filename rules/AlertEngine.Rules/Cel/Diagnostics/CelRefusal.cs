namespace AlertEngine.Rules.Cel;

/// <summary>
/// Carries the first error out of the parser or the checker. It never leaves <see cref="CelEnvironment"/>, which turns it into a
/// diagnostic; unwinding at the first error is what keeps its echoes out of the report.
/// </summary>
internal sealed class CelRefusal(CelDiagnostic diagnostic) : Exception(diagnostic.MessageEn)
{
    internal CelDiagnostic Diagnostic { get; } = diagnostic;
}
