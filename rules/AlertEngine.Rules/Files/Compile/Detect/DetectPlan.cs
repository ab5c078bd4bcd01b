using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>A compiled <c>detect</c> block.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Sources">What it reads, in its own numbering.</param>
/// <param name="Names">The names that severity, title and routes see: <c>event</c>, the detector's own, steps.</param>
/// <param name="Conditions">Its conditions with the names people know them by.</param>
internal sealed record DetectPlan(Detector Detector, ImmutableArray<KeyedSource> Sources, Expressions Names, ImmutableArray<RuleCondition> Conditions);

/// <summary>A source with its key.</summary>
internal sealed record KeyedSource(SourceSelector Selector, KeyPlan Key);
