using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of <c>*.mapping.yaml</c>.</summary>
internal static class MappingFileShape
{
    private static readonly Shape Pointer = new TextShape(TextKind.Pointer);

    private static readonly MappingShape Place = OneOf("a place in a row",
        May("column", Text, "CSV 列名", "the column of a CSV row"),
        May("pointer", Pointer, "JSON 指针", "the JSON pointer into a row"));

    private static readonly MappingShape Field = Mapping("a field of a row",
        May("column", Text, "CSV 列名", "the column of a CSV row"),
        May("pointer", Pointer, "JSON 指针", "the JSON pointer into a row"),
        May("type", Word("string", "int", "double", "bool", "time"), "类型", "how it is read", "string"),
        May("format", Text, "时间格式", "how a time is written: a NodaTime pattern, rfc3339, epoch-s or epoch-ms", "rfc3339", "dd-MM-yyyy HH:mm:ss"),
        May("zone", Text, "时区", "the zone of a time without an offset", "the mapping's"),
        May("missing", Texts, "缺测标记", "texts that mean that nothing is there", "the mapping's"));

    private static readonly MappingShape Lookup = Mapping("a lookup",
        Must("file", Text, "第二个文件", "the second file, beside the events or beside the mapping"),
        May("format", Word("csv", "json"), "格式", "its format", "csv"),
        May("charset", Text, "字符集", "its character set", "utf-8"),
        May("records", Pointer, "记录数组的 JSON 指针", "the JSON pointer to the array of records", "the document itself"),
        Must("key", Place, "记录的键", "where a record's key lies"),
        Must("by", Expression, "要查的键", "the key to look for"),
        Must("fields", new MapShape("fields", Field, TextKind.Identifier), "字段", "what is read of a record"));

    private static readonly MappingShape Location = Mapping("a location",
        Must("lon", Expression, "经度", "the longitude in degrees"),
        Must("lat", Expression, "纬度", "the latitude in degrees"),
        May("crs", Word("wgs84", "gcj02"), "坐标系", "the datum", "wgs84"));

    private static readonly MappingShape Event = Mapping("an event",
        May("id", Text, "事件标识", "the id, with values in braces", "a hash of the row"),
        Must("source", Text, "来源", "the source"),
        Must("type", Text, "类型", "the type"),
        Must("subject", Text, "设备", "the device's id", "'{row.station}'"),
        Must("time", Expression, "发生时间", "the time of occurrence"),
        May("expires", Expression, "失效时间", "after which the event is dropped", "never"),
        May("district", Text, "区", "the district", "none"),
        May("street", Text, "街道", "the street", "none"),
        May("grid", Text, "网格", "the grid", "none"),
        May("status", Text, "状态", "actual, exercise or test", "actual"),
        May("location", Location, "位置", "the position", "none"),
        May("observation", Expressions, "观测标识", "what makes it the same observation when it is polled again", "nothing"),
        May("data", new MapShape("data", Expression), "数据：成员名，或 JSON 指针", "the members of data: names, or JSON pointers", "none"));

    internal static readonly MappingShape File = Mapping("a mapping file",
        Must("alertengine", Text, "文件头", "the header", "mapping/v1"),
        Must("name", KebabId, "名称", "the mapping's name"),
        May("format", Word("csv", "ndjson", "json", "xml", "srt"), "格式：srt 为大疆飞行日志字幕", "the format of the rows; srt: flight logs of DJI, written as subtitles", "csv"),
        May("records", Texts, "记录：json 的指针，或 xml 由外到内的元素名", "the records: of json a pointer, of xml the names of elements from the outermost", "the document itself", "[alert, info, area]"),
        May("charset", Text, "字符集", "the character set of the rows", "utf-8"),
        May("delimiter", Text, "分隔符", "what separates the fields of CSV", "','"),
        May("zone", Text, "时区", "the zone of times without an offset", "none: such a time is refused"),
        May("missing", Texts, "缺测标记", "texts that mean that nothing is there", "['']"),
        May("skip", Expressions, "跳过条件", "a row of which one is true is passed over", "none"),
        Must("row", new MapShape("row", Field, TextKind.Identifier), "行的字段", "the fields of a row"),
        May("lookups", new MapShape("lookups", Lookup, TextKind.Identifier), "查表", "second files", "none"),
        Must("event", Event, "事件", "the event that a row becomes"));
}
