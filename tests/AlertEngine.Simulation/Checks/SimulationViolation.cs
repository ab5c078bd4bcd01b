namespace AlertEngine.Simulation.Checks;

/// <summary>A promise was broken.</summary>
internal sealed class SimulationViolation(string what) : Exception(what);
