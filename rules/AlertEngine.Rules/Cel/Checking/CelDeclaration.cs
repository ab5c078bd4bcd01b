using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>What a name of an environment stands for.</summary>
internal abstract record CelDeclaration;

/// <summary>A record: <c>event</c>.</summary>
internal sealed record RecordDeclaration(CelRecordType Record) : CelDeclaration;

/// <summary>A plain variable: a slot of the environment's own record.</summary>
internal sealed record VariableDeclaration(CelField Field) : CelDeclaration;

/// <summary>A constant: <c>lists.flood_season_months</c>, or a type's name.</summary>
internal sealed record ConstantDeclaration(CelType Type, CelValue Value) : CelDeclaration;

/// <summary>A macro of a rule file: a whole expression, with parameters or without.</summary>
internal sealed record MacroDeclaration(string Name, ImmutableArray<string> Parameters, string Source) : CelDeclaration;
