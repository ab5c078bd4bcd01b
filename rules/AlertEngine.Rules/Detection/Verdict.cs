using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection;

/// <summary>What a condition says of a frame. An error is neither true nor false (RULES §3).</summary>
internal enum Verdict : byte
{
    Error = 0,
    True,
    False,
}

/// <summary>Asks conditions.</summary>
internal static class Verdicts
{
    internal static Verdict Of(CelCondition condition, CelFrame frame) =>
        condition.IsTrue(frame) ? Verdict.True
        : condition.IsFalse(frame) ? Verdict.False
        : Verdict.Error;
}
