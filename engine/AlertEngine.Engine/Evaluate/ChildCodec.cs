using System.Collections.Immutable;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Evaluate;

/// <summary>Alerts of districts as bytes of the journal: part of an alert of the city, and of what its rules rest on.</summary>
internal static class ChildCodec
{
    public static void Write(StateWriter writer, ImmutableArray<ChildAlert> children)
    {
        writer.Count(children.Length);
        foreach (ChildAlert child in children)
        {
            writer.Text(child.District);
            writer.Text(child.AlertId);
            writer.Text(child.OrderId);
            writer.Signed(child.AtTicks);
        }
    }

    public static ImmutableArray<ChildAlert> Read(StateReader reader)
    {
        var children = new ChildAlert[reader.Bounded(ChildAlert.Limit)];
        for (int i = 0; i < children.Length; i++)
            children[i] = new ChildAlert(reader.RequiredText(), reader.RequiredText(), reader.Text(), reader.Signed());
        return ImmutableArray.Create(children);
    }
}
