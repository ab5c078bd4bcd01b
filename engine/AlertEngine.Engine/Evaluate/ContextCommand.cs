namespace AlertEngine.Engine.Evaluate;

/// <summary>Switches the mode of a district, or starts or stops a scene, from one instant of event time on: events before it are judged by what was before.</summary>
/// <param name="Id">The command's own id.</param>
/// <param name="AtTicks">The instant.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Verb">Its word.</param>
public sealed record ContextCommand(string Id, long AtTicks, string Actor, string Reason, string Verb) : DistrictCommand(Id, AtTicks, Actor, Reason)
{
    /// <summary>The word that switches the mode.</summary>
    public const string SwitchMode = "switch-mode";

    /// <summary>The word that starts a scene.</summary>
    public const string StartScene = "start-scene";

    /// <summary>The word that stops one.</summary>
    public const string StopScene = "stop-scene";

    /// <summary>The mode; null where a scene is meant.</summary>
    public string? Mode { get; init; }

    /// <summary>The scene; null where the mode is meant.</summary>
    public string? Scene { get; init; }

    /// <inheritdoc />
    public override string Word => Verb;

    /// <summary>What it changes.</summary>
    public ContextChange Change => new(AtTicks, Mode, null, null, null) { Switches = Scene is { } scene ? [new SceneSwitch(scene, Verb == StartScene)] : [] };
}
