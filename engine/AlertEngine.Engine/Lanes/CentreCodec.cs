using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>What only the city's own district has, as bytes of the journal: the alerts that its rules rest on, the orders that have risen to it, and
/// the digests of districts that wait.</summary>
internal sealed class CentreCodec(RuleSet rules, RuleIndex index, ChildBook children, RaisedOrders raised, CityDigests digests)
{
    /// <summary>A batch of a lane brings no more.</summary>
    private const int CountLimit = 1_000_000;

    /// <summary>Whether there is something to write.</summary>
    public bool IsChanged => children.Changed.Count != 0 || raised.Added.Count != 0 || digests.IsChanged;

    /// <summary>Writes what changed, or all of it.</summary>
    public void Write(StateWriter writer, bool isAll)
    {
        (int RuleNumber, string Key)[] keys = [.. (isAll ? children.All.Keys : children.Changed).OrderBy(key => key.RuleNumber).ThenBy(key => key.Key, StringComparer.Ordinal)];
        writer.Count(keys.Length);
        foreach ((int ruleNumber, string key) in keys)
        {
            writer.Text(rules.Rules[ruleNumber].Id);
            writer.Text(key);
            ChildCodec.Write(writer, children.All.GetValueOrDefault((ruleNumber, key), []));
        }

        IReadOnlyCollection<RaisedOrder> orders = isAll ? raised.All : raised.Added;
        writer.Count(orders.Count);
        foreach (RaisedOrder order in orders)
        {
            writer.Text(order.OrderId);
            writer.Text(order.District);
            writer.Signed(order.RaisedAtTicks);
        }

        writer.Bool(isAll || digests.IsChanged);
        if (isAll || digests.IsChanged)
            DigestCodec.Write(writer, digests);
    }

    /// <summary>Reads what was written; what belongs to a rule that is gone is left behind.</summary>
    public void Read(StateReader reader)
    {
        for (int left = reader.Bounded(CountLimit); left > 0; left--)
        {
            int ruleNumber = index.NumberOf(reader.RequiredText());
            string key = reader.RequiredText();
            var read = ChildCodec.Read(reader);
            if (ruleNumber >= 0)
                children.Put(ruleNumber, key, read);
        }

        for (int left = reader.Bounded(CountLimit); left > 0; left--)
            raised.Restore(new RaisedOrder(reader.RequiredText(), reader.RequiredText(), reader.Signed()));
        if (reader.Bool())
            DigestCodec.Read(reader, digests);
    }

    /// <summary>What was written is no change any more.</summary>
    public void MarkSaved()
    {
        children.MarkSaved();
        raised.MarkSaved();
        digests.MarkSaved();
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        children.Clear();
        raised.Clear();
        digests.Clear();
    }
}
