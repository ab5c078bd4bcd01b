using System.Text;
using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>What a member of <c>data</c> is for.</summary>
internal enum FieldRole
{
    /// <summary>A declared field, or on the way to one.</summary>
    Field = 0,

    /// <summary><c>data.location</c>.</summary>
    Location,

    /// <summary><c>data.status</c>.</summary>
    Status,
}

/// <summary>How a declared field is read into its slot.</summary>
internal enum FieldKind
{
    None = 0,
    Double,
    Int,
    Uint,
    Bool,
    Text,
    Timestamp,
    Duration,
}

/// <summary>
/// The declared fields of one event type as the tree of their paths below <c>data</c>, so that one pass over the bytes finds them all.
/// Immutable and thread-safe.
/// </summary>
internal sealed class FieldNode
{
    private readonly ulong _key;
    private readonly byte[] _name;

    private FieldNode(string name, FieldRole role, EventField? field, FieldNode[] children)
    {
        _name = Encoding.UTF8.GetBytes(name);
        _key = ByteKey.Of(_name);
        Role = role;
        Field = field;
        Kind = field is null ? FieldKind.None : KindOf(field.Field.Type);
        Children = children;
    }

    /// <summary>Stands for a value that no expression reads and no declaration names.</summary>
    internal static FieldNode Unread { get; } = new("", FieldRole.Field, null, []);

    internal FieldRole Role { get; }

    internal EventField? Field { get; }

    internal FieldKind Kind { get; }

    internal FieldNode[] Children { get; }

    internal bool IsRead => Field is not null || Children.Length > 0;

    /// <summary>The tree of a layout. The members that every event may have are in it, declared or not.</summary>
    internal static FieldNode Of(EventLayout layout) => Node("data", FieldRole.Field, [.. layout.Fields], 0, isRoot: true);

    internal FieldNode? Find(ulong key, in JsonText name)
    {
        foreach (FieldNode child in Children)
        {
            if (child._key == key && (name.HasEscapes || name.Raw.SequenceEqual(child._name)))
                return child;
        }

        return null;
    }

    /// <summary>The child for an element of an array: JSON pointers name elements by their number.</summary>
    internal FieldNode? FindElement(int number)
    {
        Span<byte> name = stackalloc byte[11];
        System.Buffers.Text.Utf8Formatter.TryFormat(number, name, out int length);
        return Find(ByteKey.Of(name[..length]), new JsonText(name[..length], false));
    }

    private static FieldNode Node(string name, FieldRole role, EventField[] fields, int depth, bool isRoot = false)
    {
        List<FieldNode> children = [.. fields.Where(field => field.Path.Length > depth).GroupBy(field => field.Path[depth]).Select(group =>
            Node(group.Key, isRoot ? RoleOf(group.Key) : FieldRole.Field, [.. group], depth + 1))];
        if (isRoot)
            children.AddRange(new[] { "location", "status" }.Where(known => fields.All(field => field.Path[0] != known)).Select(known => new FieldNode(known, RoleOf(known), null, [])));
        return new FieldNode(name, role, fields.FirstOrDefault(field => field.Path.Length == depth), [.. children]);
    }

    private static FieldRole RoleOf(string member) => member switch
    {
        "location" => FieldRole.Location,
        "status" => FieldRole.Status,
        _ => FieldRole.Field,
    };

    private static FieldKind KindOf(CelType type) =>
        type == CelType.Double ? FieldKind.Double
        : type == CelType.Int ? FieldKind.Int
        : type == CelType.Uint ? FieldKind.Uint
        : type == CelType.Bool ? FieldKind.Bool
        : type == CelType.String ? FieldKind.Text
        : type == CelType.Timestamp ? FieldKind.Timestamp
        : type == CelType.Duration ? FieldKind.Duration
        : throw new ArgumentException($"an event's field cannot be of type {type}", nameof(type));
}
