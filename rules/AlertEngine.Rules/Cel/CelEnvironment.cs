using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Library;
using AlertEngine.Rules.Cel.Library.Extensions;
using AlertEngine.Rules.Cel.Syntax;
using NodaTime;

namespace AlertEngine.Rules.Cel;

/// <summary>
/// The names and functions that expressions may use. Immutable and thread-safe: every <c>Declare</c> and <c>With</c> gives a new
/// environment. Expressions compiled here are evaluated over frames of <see cref="CreateFrame"/>, or of any frame with the same records.
/// </summary>
public sealed partial class CelEnvironment
{
    private readonly ImmutableDictionary<string, CelDeclaration> _names;
    private readonly ImmutableDictionary<string, CelFunctionDeclaration> _functions;
    private readonly ImmutableDictionary<string, CelOverload> _members;
    private readonly ImmutableArray<CelField> _variables;
    private readonly Lazy<CelRecordType> _plain;
    private readonly Lazy<FrozenSet<string>> _spaces;

    private CelEnvironment(
        ImmutableDictionary<string, CelDeclaration> names,
        ImmutableDictionary<string, CelFunctionDeclaration> functions,
        ImmutableDictionary<string, CelOverload> members,
        ImmutableArray<CelField> variables,
        int recordCount)
    {
        _names = names;
        _functions = functions;
        _members = members;
        _variables = variables;
        RecordCount = recordCount;
        _plain = new(() => new CelRecordType("", recordCount, variables));
        _spaces = new(FindSpaces);
    }

    /// <summary>The standard library and the extensions, no variables, zones of the tz database that NodaTime carries.</summary>
    public static CelEnvironment Standard { get; } = Create(DateTimeZoneProviders.Tzdb);

    /// <summary>The namespace that names are looked up in first: in <c>a.b</c>, <c>x</c> is <c>a.b.x</c>, <c>a.x</c> or <c>x</c>. Default "".</summary>
    public string Container { get; private init; } = "";

    /// <summary>The limits of expressions.</summary>
    public CelLimits Limits { get; private init; } = CelLimits.Default;

    /// <summary>The optional fields that need no <c>has()</c> here, because something that is asked before has seen to it.</summary>
    internal ImmutableHashSet<string> Present { get; private init; } = [];

    /// <summary>One more than the highest index of a declared record: where plain variables have theirs.</summary>
    internal int RecordCount { get; }

    internal CelRecordType Plain => _plain.Value;

    internal IEnumerable<string> Names => _names.Keys;

    internal IEnumerable<CelFunctionDeclaration> Functions => _functions.Values;

    internal FrozenSet<string> Spaces => _spaces.Value;

    /// <summary>The standard library with the zones of <paramref name="zones"/>.</summary>
    public static CelEnvironment Create(IDateTimeZoneProvider zones)
    {
        var functions = ImmutableDictionary.CreateBuilder<string, CelFunctionDeclaration>(StringComparer.Ordinal);
        foreach (var function in StandardFunctions(zones))
            functions[function.Name] = Merge(functions.GetValueOrDefault(function.Name), function);
        var names = ImmutableDictionary.CreateBuilder<string, CelDeclaration>(StringComparer.Ordinal);
        foreach (var type in StandardLibrary.TypeNames)
            names[type] = new ConstantDeclaration(CelTypes.TypeOfAny, CelValue.OfType(type));
        var members = ImmutableDictionary.Create<string, CelOverload>(StringComparer.Ordinal);
        return new CelEnvironment(names.ToImmutable(), functions.ToImmutable(), members, [], 0).DeclareGeo();
    }

    /// <summary>Declares a variable. Of a record type: its fields are slots of the frame's record. Of any other: a plain variable, see <see cref="Bind"/>.</summary>
    /// <param name="name">Its name, dotted or not.</param>
    /// <param name="type">Its type.</param>
    public CelEnvironment Declare(string name, CelType type)
    {
        if (type.Record is { } record)
            return With(_names.SetItem(name, new RecordDeclaration(record)), recordCount: Math.Max(RecordCount, record.RecordIndex + 1));
        var field = new CelField(name, type, _variables.Length);
        return With(_names.SetItem(name, new VariableDeclaration(field)), variables: _variables.Add(field));
    }

    /// <summary>Declares a constant: <c>lists.flood_season_months</c>, <c>rule.id</c>.</summary>
    public CelEnvironment DeclareConstant(string name, CelType type, CelValue value) => With(_names.SetItem(name, new ConstantDeclaration(type, value)));

    /// <summary>
    /// Declares a macro: a whole expression that stands for its name, <c>macros.density(event)</c>. Its parameters stand for whole
    /// expressions, records included. Errors in it are reported where it is used; <see cref="CheckSyntax"/> finds those of syntax before.
    /// </summary>
    /// <param name="name">Its name, dotted or not.</param>
    /// <param name="parameters">Its parameters, none for a macro that is used as a plain name.</param>
    /// <param name="source">Its expression.</param>
    public CelEnvironment DeclareMacro(string name, IEnumerable<string> parameters, string source) =>
        With(_names.SetItem(name, new MacroDeclaration(name, [.. parameters], source)));

    /// <summary>Declares a function, or adds overloads to one that is there.</summary>
    public CelEnvironment DeclareFunction(CelFunctionDeclaration function) =>
        With(functions: _functions.SetItem(function.Name, Merge(_functions.GetValueOrDefault(function.Name), function)));

    /// <summary>Declares a function, or adds overloads to one that is there.</summary>
    public CelEnvironment DeclareFunction(string name, params ImmutableArray<CelOverload> overloads) => DeclareFunction(new CelFunctionDeclaration(name, overloads));

    /// <summary>Declares a member of an opaque type: <c>event.geo.lat</c>.</summary>
    /// <param name="type">The opaque type.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="result">The member's type.</param>
    public CelEnvironment DeclareMember(CelType type, string name, CelType result) => With(members: _members.SetItem(
        MemberKey(type, name), CelOverload.Function(type, result, value => value.AsOpaque!.Member(name))));

    /// <summary>The same names, looked up in a namespace first.</summary>
    public CelEnvironment WithContainer(string container) => With(container: container);

    /// <summary>The same names where <paramref name="condition"/> holds: the optional fields that it asks for are there.</summary>
    public CelEnvironment Where(CelExpression condition) => With(present: Present.Union(Presence.When(condition.Root, true)));

    /// <summary>Other limits.</summary>
    public CelEnvironment WithLimits(CelLimits limits) => With(limits: limits);

    /// <summary>A frame with room for all declared records and the plain variables.</summary>
    public CelFrame CreateFrame()
    {
        var frame = new CelFrame(RecordCount + 1);
        frame.Records[RecordCount] = new CelValue[_variables.Length];
        return frame;
    }

    /// <summary>Gives a plain variable its value in a frame of <see cref="CreateFrame"/>.</summary>
    /// <exception cref="ArgumentException">No plain variable has the name.</exception>
    public void Bind(CelFrame frame, string name, CelValue value)
    {
        if (_names.GetValueOrDefault(name) is not VariableDeclaration variable)
            throw new ArgumentException($"'{name}' is no plain variable", nameof(name));
        frame.Records[RecordCount][variable.Field.Slot] = value;
    }

    internal CelDeclaration? Find(string name) => _names.GetValueOrDefault(name);

    internal CelFunctionDeclaration? FindFunction(string name) => _functions.GetValueOrDefault(name);

    internal CelOverload? FindMember(CelType type, string name) => _members.IsEmpty ? null : _members.GetValueOrDefault(MemberKey(type, name));

    internal IEnumerable<string> MembersOf(CelType type) =>
        _members.Keys.Where(key => key.StartsWith(MemberKey(type, ""), StringComparison.Ordinal)).Select(key => key[(type.Name.Length + 1)..]);

    private static string MemberKey(CelType type, string name) => $"{type.Name}#{name}";

    private static CelFunctionDeclaration Merge(CelFunctionDeclaration? former, CelFunctionDeclaration added) =>
        former is null ? added : new CelFunctionDeclaration(added.Name, [.. former.Overloads, .. added.Overloads]);

    private static IEnumerable<CelFunctionDeclaration> StandardFunctions(IDateTimeZoneProvider zones) =>
    [
        .. StandardLibrary.Functions(), .. TimeFunctions.Declare(zones), .. OptionalLibrary.Functions(), .. StringsExtension.Functions(),
        .. MathExtension.Functions(), .. EncodersExtension.Functions(), .. NetworkExtension.Functions(),
    ];

    // "params", "lists", "geo": the parts of dotted names before each dot, and the records.
    private FrozenSet<string> FindSpaces()
    {
        var spaces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _names.Keys.Concat(_functions.Keys))
        {
            for (var dot = name.IndexOf('.'); dot > 0; dot = name.IndexOf('.', dot + 1))
                spaces.Add(name[..dot]);
        }
        return spaces.ToFrozenSet(StringComparer.Ordinal);
    }

    private CelEnvironment DeclareGeo() => DeclareMember(CelType.Geo, "lat", CelType.Double).DeclareMember(CelType.Geo, "lon", CelType.Double);

    private CelEnvironment With(
        ImmutableDictionary<string, CelDeclaration>? names = null,
        ImmutableDictionary<string, CelFunctionDeclaration>? functions = null,
        ImmutableDictionary<string, CelOverload>? members = null,
        ImmutableArray<CelField>? variables = null,
        int? recordCount = null,
        string? container = null,
        CelLimits? limits = null,
        ImmutableHashSet<string>? present = null) =>
        new(names ?? _names, functions ?? _functions, members ?? _members, variables ?? _variables, recordCount ?? RecordCount)
        {
            Container = container ?? Container,
            Limits = limits ?? Limits,
            Present = present ?? Present,
        };
}
