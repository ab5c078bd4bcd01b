using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of <c>city.yaml</c>.</summary>
internal static class CityShape
{
    private static readonly Shape Crs = Word("wgs84", "gcj02");

    internal static readonly MappingShape Geo = Mapping("a position",
        Must("lat", new NumberShape(false, -90, 90), "纬度", "latitude in degrees"),
        Must("lon", new NumberShape(false, -180, 180), "经度", "longitude in degrees"));

    internal static readonly MappingShape Place = Mapping("a place",
        Must("id", Text, "标识", "the id"), May("name", LocalText, "名称", "the name", "the id"),
        Must("geo", Geo, "位置", "the position"), May("crs", Crs, "坐标系", "the datum", "wgs84"));

    private static readonly MappingShape District = Mapping("a district",
        Must("code", Text, "区代码", "the code", "'320106'"), Must("name", LocalText, "名称", "the name"),
        May("streets", List(Text), "归属该区的街道", "streets that it owns although they are filed under another district", "none"));

    private static readonly MappingShape Unit = Mapping("a unit",
        Must("id", KebabId, "标识", "the id"), Must("name", LocalText, "名称", "the name"),
        May("level", Text, "指挥层级", "its command level"), May("district", Text, "所服务的区", "the district it serves", "the whole city"),
        May("topic", Text, "工单主题", "where its orders go", "city.workorders.ID.v1"));

    private static readonly MappingShape Duty = Mapping("a duty",
        Must("level", Text, "层级", "the level"), May("district", Text, "区", "the district", "the whole city"),
        May("calendar", Text, "按哪个日历的节假日值守", "the calendar whose holidays are watched", "the city's main calendar"),
        May("watch", Text, "节假日和节假日值守场景期间的值班单位", "the unit on duty on holidays and during the scene holiday-watch", "the roster's"),
        May("scene", Text, "仅在该场景期间有效，优先于其他排班", "holds during this scene only, before rosters without one", "always"),
        Must("roster", List(Mapping("a duty period",
            Must("from", Date, "起", "the first day"), Must("until", Date, "止（不含）", "the day after the last"), Must("unit", Text, "单位", "the unit"))), "排班", "the roster"));

    private static readonly MappingShape Calendar = Mapping("a calendar",
        May("holidays", List(Text), "节假日文件（JSON）", "holiday files (JSON)", "none"),
        May("hours", new TextShape(TextKind.Hours), "工作时间", "the working hours", "09:00-17:30"));

    private static readonly MappingShape Mode = Mapping("a mode",
        May("sla", new MapShape("sla", Text), "改用的时限方案", "SLA profiles used instead", "unchanged"),
        May("severity", Mapping("severity", Must("raise", Integer(0, 3), "提高几级", "how many steps up")), "严重程度", "the severity", "unchanged"),
        May("clocks", Word("keep", "change"), "切换时未结工单的时限：保持或改用新方案", "whether open orders keep their deadlines when the mode is switched, or get those of its profiles", "keep"),
        May("flood", Mapping("flood", Must("times", Integer(1, 100), "洪峰预算的倍数", "how many times the budget")), "洪峰预算", "the flood budget of rules", "{ times: 1 }"),
        May("name", LocalText, "名称", "the name", "the mode's id"));

    private static readonly MappingShape Active = Mapping("a period",
        May("from", new TextShape(TextKind.MonthDay), "起（月-日）", "the first day of the year"), May("until", new TextShape(TextKind.MonthDay), "止（月-日，不含）", "the day after the last"),
        May("term", Text, "节气", "a solar term", example: "qingming"), May("days", List(Integer(-60, 60), 2, 2), "节气前后的天数", "days around the term", "[0, 0]"));

    private static readonly MappingShape Scene = Mapping("a scene",
        Must("name", LocalText, "名称", "the name"), May("active", List(Active), "自动启用的时段", "when it is on by itself", "only by command"));

    internal static readonly MappingShape File = Mapping("a city file",
        Must("alertengine", Text, "文件头", "the header", "city/v1"),
        Must("city", Mapping("city", Must("code", Text, "城市代码", "the code"), Must("name", LocalText, "名称", "the name"),
            May("timezone", Text, "时区", "the time zone", "Asia/Shanghai")), "城市", "the city"),
        Must("levels", new ListShape(Text, false, 1, 16), "指挥层级，由低到高", "the command levels, lowest first", "[grid, street, district, city]"),
        Must("districts", new ListShape(District, false, 1), "区", "the districts"),
        May("polygons", Mapping("polygons", Must("file", Text, "GeoJSON 文件", "the GeoJSON file"), May("crs", Crs, "坐标系", "the datum", "wgs84"),
            Must("district", Text, "区代码所在的属性", "the property with the district's code", "properties.adcode")), "区界", "district outlines", "none"),
        May("streets", Mapping("streets", Must("file", Text, "CSV 文件", "the CSV file"), May("street", Text, "街道代码所在列", "the column of street codes", "street"),
            May("district", Text, "区代码所在列", "the column of district codes", "district")), "街道表", "the street table", "none"),
        May("grids", Mapping("grids", Must("file", Text, "CSV 文件", "the CSV file"), May("grid", Text, "网格编码所在列", "the column of grid codes", "grid"),
            May("street", Text, "街道代码所在列", "the column of street codes", "street"), May("pattern", Text, "网格编码须符合的正则表达式", "what codes of grids match, a regular expression", "any", "'^[0-9]{15}$'")),
            "网格表", "the grid table", "none"),
        Must("units", List(Unit), "单位", "the units"),
        May("duty", List(Duty), "值班", "who holds a level now", "none"),
        May("calendars", new MapShape("calendars", Calendar), "日历", "calendars", "none"),
        May("sla", new MapShape("sla", SlaShape.Sla), "时限方案", "SLA profiles", "none"),
        May("orders", Mapping("orders", May("keep_ended", Duration, "已结束的工单保留多久，其间可重开", "how long an ended order can be reopened and asked about", "7d")),
            "工单", "work orders", "{ keep_ended: 7d }"),
        May("modes", new ModesShape(Mode), "平急模式", "modes", "{ default: normal }"),
        May("scenes", new MapShape("scenes", Scene), "场景", "scenes", "none"),
        May("digest", Mapping("digest", Must("hour", Integer(0, 23), "每日几点（当地时间）", "the local hour of each day"),
            May("holiday_every_hours", Integer(1, 24), "节假日和节假日值守期间每几小时一次", "how often on holidays and during the scene holiday-watch", "24")), "信息报送", "the daily digest", "none"),
        May("places", new MapShape("places", List(Place), TextKind.Identifier), "地点，按种类", "places by kind, for geo.near", "none"),
        May("devices", Mapping("devices", Must("file", Text, "CSV 文件", "the CSV file"), May("key", Text, "设备标识所在列", "the column of device ids", "device")), "设备登记表", "the device registry", "none"));
}
