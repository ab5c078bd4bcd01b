namespace AlertEngine.Chaos.Victims;

/// <summary>A process of the city that can be killed and put to sleep.</summary>
/// <param name="Name">What the ledger calls it.</param>
/// <param name="Id">The id of its process now.</param>
/// <param name="Kill">Kills it.</param>
/// <param name="Up">Starts it again after a kill.</param>
/// <param name="LongestSleepMs">How long it may be put to sleep, in milliseconds.</param>
internal sealed record Victim(string Name, Func<int> Id, Func<Task> Kill, Func<Task> Up, int LongestSleepMs)
{
    /// <summary>The id of its process; null where it ended by itself and is being started.</summary>
    public int? IdNow
    {
        get
        {
            try
            {
                return Id();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }
}
