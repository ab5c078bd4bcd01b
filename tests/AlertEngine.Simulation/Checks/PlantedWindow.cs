using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Simulation.Checks;

/// <summary>A window that recovery leaves empty.</summary>
internal sealed class PlantedWindow(IEventWindow inner) : IEventWindow
{
    /// <summary>The window as the bug wants it.</summary>
    public static IEventWindow Of(PlantedBug bug, IEventWindow window) => bug == PlantedBug.WindowNotJournaled ? new PlantedWindow(window) : window;

    public WindowVerdict Judge(UInt128 key, ulong payloadHash, Coordinate at) => inner.Judge(key, payloadHash, at);

    public WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at) => inner.Admit(key, payloadHash, at);

    public void Remember(UInt128 key, ulong payloadHash, Coordinate at)
    {
    }

    public void Recreated(int input) => inner.Recreated(input);

    public void Encode(StateWriter writer) => writer.Count(0);

    public void Restore(StateReader reader) => inner.Restore(reader);
}
