using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Alerts.Suppression.Flapping;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using Xunit;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: what suppression has stored is read by every later release. Method: the bytes of version 4 stand here; they must be what is written and
/// must be read as what was meant.
/// </summary>
public sealed class SuppressionStoredBytesTests
{
    private const string SuppressionV4 =
        "040101027314C80100026B00086F66666963657206776F726B7306736D6F6B650001026101060261010272026B04727C6B0002000000003C000000000200010272"
        + "026B02690204E9A298067469746C6500000000035B5D03443101010100000000000040400000000000805D400000010D6576656E742E6465766963650264026706"
        + "666C6F6F640263506402010873696C656E6365027306776F726B730102660501780102620101027201060261010272026B04727C6B0002000000003C0000000002"
        + "00010272026B02690204E9A298067469746C6500000000035B5D03443101010100000000000040400000000000805D400000010D6576656E742E64657669636502"
        + "64026706666C6F6F640263506400010200010201018C01A00101026101026201030102780101B40101";

    [Fact]
    public void The_bytes_of_suppression_are_these()
    {
        Stored stored = new();
        Assert.Null(stored.Silences.Take(new SilenceCommand("s", false, 10, "officer", "works") { UntilTicks = 100, Key = "k", EventClass = "smoke" }, 10));
        stored.Held.Put(new HeldAlert(NewAlert(), ToldState.Ended, Severity.Yellow, "silence", "s", "works"));
        stored.Flaps.Put("f", new FlapHistory(5, true, 60));
        stored.Bundles.Put(new Bundle { Key = "b", Kind = BundleKind.Storm, RuleId = "r", Alert = NewAlert(), FiringBySeverity = [0, 1, 2, 0], Told = ToldState.Firing, ToldSeverity = Severity.Orange, IsDirty = true, DueTicks = 70, KeptUntilTicks = 80 });
        stored.Bundles.PutMember("a", new BundleMember("b", Severity.Yellow, 3));
        stored.Budget.Spend("x", new FloodPlan(2, NodaTime.Duration.FromMinutes(1)), 90, 1);
        var writer = new StateWriter();
        stored.Codec.Write(writer, isAll: false);

        Assert.Equal(SuppressionV4, Convert.ToHexString(writer.Written.Span));
    }

    [Fact]
    public void The_bytes_of_suppression_come_back_as_they_were()
    {
        Stored stored = new();
        stored.Codec.Read(new StateReader(Convert.FromHexString(SuppressionV4)));

        Assert.Equal([new Silence("s", 10, 100, null, "k", null, "officer", "works") { EventClass = "smoke" }], stored.Silences.All);
        Assert.Equal(("silence", "s", "works", ToldState.Ended), Assert.Single(stored.Held.HeldBy("silence", "s")) is var held ? (held.By, held.Holder, held.Reason, held.Told) : default);
        Assert.Equal(new FlapHistory(5, true, 60), stored.Flaps.Find("f"));
        Bundle bundle = stored.Bundles.Find("b")!;
        Assert.Equal((BundleKind.Storm, "r", ToldState.Firing, Severity.Orange, true, 70L, 80L), (bundle.Kind, bundle.RuleId, bundle.Told, bundle.ToldSeverity, bundle.IsDirty, bundle.DueTicks, bundle.KeptUntilTicks));
        Assert.Equal([0, 1, 2, 0], bundle.FiringBySeverity);
        Assert.Equal(new BundleMember("b", Severity.Yellow, 3), stored.Bundles.FindMember("a"));
        Assert.Equal([new Spent(90, 1)], stored.Budget.All["x"]);
    }

    [Fact]
    public void A_version_of_the_future_is_refused_by_name() =>
        Assert.Equal("suppression of version 9", Assert.Throws<InvalidDataException>(() => new Stored().Codec.Read(new StateReader(new byte[] { 9 }))).Message);

    private static Alert NewAlert() => new()
    {
        Id = "a",
        RuleId = "r",
        Key = "k",
        DedupKey = "r|k",
        Status = AlertStatus.Firing,
        Severity = Severity.Orange,
        OpenedAtTicks = 30,
        MergedCount = 2,
        Contributors = [new Contributor("r", "k", "i", Severity.Orange)],
        Title = new LocalText("题", "title"),
        Place = new AlertPlace("D1", "", "", new GeoPoint(32, 118)),
        Labels = [new AlertLabel("event.device", "d")],
        GroupKey = "g",
        BundledBy = "flood",
        MergeClass = "c",
        LastJoinedAtTicks = 40,
        JoinableUntilTicks = 50,
    };

    /// <summary>The parts of suppression that are stored, and their codec.</summary>
    private sealed class Stored
    {
        private static readonly PeopleFronts Fronts = new(new RuleIndex(TestRules.Set(Suppressed.Rule("r", 1)).Rules), PeopleClock.Event);

        public Stored() => Codec = new SuppressionCodec(Silences, Held, Flaps, new BundleCodec(Bundles, Budget));

        public SilenceStage Silences { get; } = new("D1", Fronts, _ => null);

        public HeldBook Held { get; } = new();

        public FlapBook Flaps { get; } = new();

        public BundleBook Bundles { get; } = new(Fronts);

        public FloodBudget Budget { get; } = new();

        public SuppressionCodec Codec { get; }
    }
}
