namespace AlertEngine.Rules.Cel;

/// <summary>The errors of evaluation. Most are made once: an error on the hot path allocates nothing.</summary>
internal static class CelErrors
{
    internal static readonly CelValue NoSuchOverload = Make(CelErrorKind.NoSuchOverload, "no such overload", "没有适用的重载");
    internal static readonly CelValue DivisionByZero = Make(CelErrorKind.DivisionByZero, "division by zero", "除数为零");
    internal static readonly CelValue Overflow = Make(CelErrorKind.Overflow, "integer overflow", "整数溢出");
    internal static readonly CelValue TimeRange = Make(CelErrorKind.Overflow, "time out of range", "时间超出范围");
    internal static readonly CelValue ConversionRange = Make(CelErrorKind.Overflow, "number out of range", "数值超出范围");
    internal static readonly CelValue BadIndex = Make(CelErrorKind.BadIndex, "index out of range", "下标超出范围");
    internal static readonly CelValue NoSuchKey = Make(CelErrorKind.NoSuchKey, "no such key", "键不存在");
    internal static readonly CelValue NoSuchField = Make(CelErrorKind.NoSuchField, "no such field", "字段缺失");
    internal static readonly CelValue DuplicateKey = Make(CelErrorKind.DuplicateKey, "a key is there twice", "键重复");
    internal static readonly CelValue UnsupportedKey = Make(CelErrorKind.UnsupportedKey, "unsupported key type", "不支持的键类型");
    internal static readonly CelValue EmptyOptional = Make(CelErrorKind.EmptyOptional, "the optional has no value", "可选值为空");
    internal static readonly CelValue TooManySteps = Make(CelErrorKind.TooMuch, "too many steps", "计算步数超限");
    internal static readonly CelValue TooBig = Make(CelErrorKind.TooMuch, "the value is too big", "值过大");
    internal static readonly CelValue WrongType = Make(CelErrorKind.WrongType, "the value is not of its declared type", "值与声明的类型不符");
    internal static readonly CelValue InvalidUtf8 = Make(CelErrorKind.BadArgument, "invalid UTF-8", "不是有效的 UTF-8");

    /// <summary>
    /// What typed compiled code answers where it only knows that there is an error: the interpreter, asked afterwards, says which.
    /// It never leaves the compiled function.
    /// </summary>
    internal static readonly CelValue Unexplained = Make(CelErrorKind.WrongType, "error", "错误");

    internal static CelValue Make(CelErrorKind kind, string en, string zh) => CelValue.Of(new CelError(new CelErrorInfo(kind, en, zh)));

    internal static CelValue BadArgument(string en, string zh) => Make(CelErrorKind.BadArgument, en, zh);

    internal static CelValue MissingField(string name) => Make(CelErrorKind.NoSuchField, $"no such field '{name}'", $"字段 '{name}' 缺失");

    internal static CelValue UnknownName(string name) => Make(CelErrorKind.UnknownName, $"unknown name '{name}'", $"未知的名称 '{name}'");
}
