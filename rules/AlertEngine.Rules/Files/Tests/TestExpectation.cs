using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>What is expected at one instant. A list that is null is not judged; an empty one wants nothing there.</summary>
/// <param name="At">The event time that is judged, from the start of the test.</param>
/// <param name="Span">Where the entry stands.</param>
/// <param name="Firing">All alerts firing then.</param>
/// <param name="Resolved">What cleared since the previous instant.</param>
/// <param name="Suppressed">What was suppressed since the previous instant.</param>
/// <param name="Orders">The changes of orders since the previous instant.</param>
public sealed record TestExpectation(
    Duration At,
    TextSpan Span,
    ImmutableArray<ExpectedItem>? Firing,
    ImmutableArray<ExpectedItem>? Resolved,
    ImmutableArray<ExpectedItem>? Suppressed,
    ImmutableArray<ExpectedItem>? Orders);

/// <summary>One expected alert, suppression or order: only the fields that it names are compared.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Fields">The named fields.</param>
public sealed record ExpectedItem(TextSpan Span, ImmutableArray<ExpectedField> Fields);

/// <summary>A named field. Those of <c>labels</c> and of a title in two languages are named <c>labels.NAME</c>, <c>title.zh</c>, <c>title.en</c>.</summary>
/// <param name="Name">The field.</param>
/// <param name="Value">Its value as text; the parts of a key are joined by '|'.</param>
public sealed record ExpectedField(string Name, string Value);
