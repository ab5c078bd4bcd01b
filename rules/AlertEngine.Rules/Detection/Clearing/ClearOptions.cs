using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Clearing;

/// <summary>A <c>clear</c> block: what ends a firing alert.</summary>
/// <param name="When">Begins the clearing when seen true, breaks it when seen false.</param>
/// <param name="For">How long it must not be broken; it is due by timer. Zero: at once.</param>
public sealed record ClearOptions(CelCondition When, DurationOperand For = default);
