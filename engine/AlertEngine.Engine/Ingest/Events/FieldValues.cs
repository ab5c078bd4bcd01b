using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Puts values into the slots of declared fields; false where a value is none of the declared type. A field that no expression reads is
/// left out, as is a value that no field is declared for.
/// </summary>
internal static class FieldValues
{
    internal static bool TrySet(FieldNode node, in JsonNumber number, DecodedEvent target)
    {
        switch (node.Kind)
        {
            case FieldKind.None:
                return true;
            case FieldKind.Double:
                return !node.Field!.IsRead || Set(node, CelValue.Of(number.ToDouble()), target);
            case FieldKind.Int:
                return number.TryToInt(out long integer) && Set(node, CelValue.Of(integer), target);
            case FieldKind.Uint:
                return number.TryToInt(out long natural) && natural >= 0 && Set(node, CelValue.Of((ulong)natural), target);
            default:
                return false;
        }
    }

    internal static bool TrySet(FieldNode node, bool value, DecodedEvent target) =>
        node.Kind == FieldKind.None || (node.Kind == FieldKind.Bool && Set(node, CelValue.Of(value), target));

    internal static bool TrySet(FieldNode node, ReadOnlySpan<byte> plainText, TextIntern texts, DecodedEvent target) =>
        node.Kind == FieldKind.None || (node.Kind == FieldKind.Text && (!node.Field!.IsRead || Set(node, CelValue.Of(texts.Get(plainText)), target)));

    internal static bool Set(FieldNode node, CelValue value, DecodedEvent target)
    {
        target.Slots[node.Field!.Field.Slot] = value;
        return true;
    }
}
