namespace AlertEngine.Rules.Matching;

/// <summary>The records of the frame that the expressions of a rule read, by their index in <see cref="Cel.CelFrame.Records"/>.</summary>
public static class FrameRecords
{
    /// <summary><c>event</c>.</summary>
    public const int Event = 0;

    /// <summary><c>device</c>: the registry's row of <c>event.device</c>; an empty array where the registry has none.</summary>
    public const int Device = 1;

    /// <summary><c>ctx</c>: mode, scenes, holiday, workday, tz.</summary>
    public const int Context = 2;

    /// <summary><c>params</c> of the rule, as overridden for the event's district or device.</summary>
    public const int Params = 3;

    /// <summary>The detector's own names: <c>hold</c>, <c>count</c>, <c>correlate</c>, …</summary>
    public const int Detector = 4;

    /// <summary><c>alert</c>, in routes.</summary>
    public const int Alert = 5;

    /// <summary>The first step of a sequence; the others follow.</summary>
    public const int FirstStep = 6;

    /// <summary>How many steps a sequence may have.</summary>
    public const int StepLimit = 16;

    /// <summary>How many records a frame needs.</summary>
    public const int Count = FirstStep + StepLimit;
}
