using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

public sealed class DistrictResolverTests
{
    private readonly EventDecoder _decoder = Harbour.Decoder();

    [Fact]
    public void An_explicit_district_comes_first() =>
        AssertResolves("B", DistrictBy.Attribute, Located(0.5, 0.5, ("district", "\"B\""), ("street", "\"A001\"")));

    [Fact]
    public void An_explicit_district_of_another_city_is_refused() =>
        Assert.Equal(new Rejection(RejectionCodes.UnknownDistrict, "district 'Z' is none of the city's"),
            _decoder.Decode(Harbour.Event(with: ("district", "\"Z\"")), TimeBounds.None));

    [Fact]
    public void The_citys_own_code_is_a_district_for_what_concerns_it_whole() =>
        AssertResolves("city", DistrictBy.Attribute, Harbour.Event(with: ("district", "\"city\"")));

    [Fact]
    public void Without_a_city_file_every_district_is_accepted() =>
        Assert.Null(Harbour.Decoder(CityModel.Open).Decode(Harbour.Event(with: ("district", "\"Z\"")), TimeBounds.None));

    [Fact]
    public void A_street_belongs_to_who_owns_it_not_to_where_it_is_filed() =>
        AssertResolves("B", DistrictBy.Street, Harbour.Event(without: "district", with: ("street", "\"A009\"")));

    [Fact]
    public void A_location_may_name_a_street_instead_of_a_position() =>
        AssertResolves("A", DistrictBy.Street, Harbour.Event("""{"location":{"street":"A001"}}""", without: "district"));

    [Fact]
    public void A_grid_tells_the_street_and_its_district_before_the_registry_and_the_position()
    {
        AssertResolves("B", DistrictBy.Grid, Located(0.5, 0.5, ("subject", "\"WL-001\""), ("grid", "\"G9\"")));
        Assert.Equal("A009", _decoder.Event.Street);
        AssertResolves("A", DistrictBy.Street, Located(1.5, 0.5, ("street", "\"A001\""), ("grid", "\"G9\"")));
    }

    [Theory]
    [InlineData("WL-001")]
    [InlineData("WL-002")]
    public void The_registry_tells_before_the_position(string device) =>
        AssertResolves("A", DistrictBy.Registry, Located(1.5, 0.5, ("subject", $"\"{device}\"")));

    [Fact]
    public void The_registrys_position_serves_an_event_without_one()
    {
        AssertResolves("B", DistrictBy.Polygon, Harbour.Event(without: "district", with: ("subject", "\"WL-003\"")));
        Assert.Equal(1.5, _decoder.Event.Keep().Geo!.Longitude);
    }

    [Fact]
    public void A_position_in_an_outline_inside_which_others_own_streets_is_marked_doubtful()
    {
        AssertResolves("A", DistrictBy.Polygon, Located(0.5, 0.5));
        Assert.True(_decoder.Event.IsDistrictDoubtful);
        AssertResolves("B", DistrictBy.Polygon, Located(1.5, 0.5));
        Assert.False(_decoder.Event.IsDistrictDoubtful);
    }

    [Fact]
    public void A_position_on_a_border_belongs_to_the_outline_given_first() => AssertResolves("A", DistrictBy.Polygon, Located(1, 0.5));

    [Fact]
    public void What_nothing_resolves_is_refused_never_guessed()
    {
        Assert.Equal(new Rejection(RejectionCodes.Unresolved, "no district: neither attribute, street, registry nor position tells it"),
            _decoder.Decode(Harbour.Event(without: "district", with: ("street", "\"unheard-of\"")), TimeBounds.None));
        Assert.Equal(new Rejection(RejectionCodes.Unresolved, "no district: the position lies in none of the city's outlines"),
            _decoder.Decode(Located(5, 5), TimeBounds.None));
    }

    [Fact]
    public void A_gcj02_position_becomes_wgs84_before_anything_asks_for_it()
    {
        (double longitude, double latitude) = Gcj02.FromWgs84(118.7969, 32.0603);
        byte[] value = Harbour.Event(FormattableString.Invariant($$$"""{"location":{"type":"Point","coordinates":[{{{longitude:R}}},{{{latitude:R}}}],"crs":"GCJ02"}}"""));
        Assert.Null(_decoder.Decode(value, TimeBounds.None));
        Assert.Equal(118.7969, _decoder.Event.Keep().Geo!.Longitude, 8);
        Assert.Equal(32.0603, _decoder.Event.Keep().Geo!.Latitude, 8);
    }

    private static byte[] Located(double longitude, double latitude, params (string, string)[] with) =>
        Harbour.Event(
            FormattableString.Invariant($$$"""{"location":{"type":"Point","coordinates":[{{{longitude}}},{{{latitude}}}]}}"""),
            with.Any(member => member.Item1 == "district") ? null : "district",
            with);

    private void AssertResolves(string district, DistrictBy by, byte[] value)
    {
        Assert.Null(_decoder.Decode(value, TimeBounds.None));
        Assert.Equal((district, by), (_decoder.Event.District, _decoder.Event.DistrictBy));
    }
}
