using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>How far one input has come, and what of it waits to be decoded.</summary>
internal sealed class InputProgress(InputDescription description, bool isReplay)
{
    /// <summary>The input.</summary>
    public InputDescription Description { get; } = description;

    /// <summary>Fetched, not yet decoded.</summary>
    public Queue<InputRecord> Waiting { get; } = new();

    /// <summary>The first offset not yet taken into a batch; <see cref="IInputPort.Earliest"/> on a new lane.</summary>
    public long ReadOffset { get; set; } = IInputPort.Earliest;

    /// <summary>The highest event time it has shown.</summary>
    public long MaxTimeTicks { get; set; } = long.MinValue;

    /// <summary>Whether the reader stood at its end when it was last asked.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Whether a finite input was drained: it holds the front back no longer.</summary>
    public bool IsDrained { get; set; }

    /// <summary>When it last brought something, or was behind or paused.</summary>
    public long LastBusyTicks { get; set; }

    /// <summary>Whether people speak through it: commands and feedback.</summary>
    public bool IsPeoples { get; } = description.Kind is InputKind.Commands or InputKind.Feedback;

    /// <summary>Whether its times make the front. Those of commands and feedback do where people's time is the event clock.</summary>
    public bool MakesFront => isReplay || !IsPeoples;

    /// <summary>Whether it was at its end for so long that it no longer holds the front back.</summary>
    public bool IsIdle(long nowTicks, long idleTicks) => IsAtEnd && Waiting.Count == 0 && nowTicks - LastBusyTicks > idleTicks;
}
