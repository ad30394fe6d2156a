namespace Dsl.Runtime;

/// <summary>
/// How much room prepared weights have: a matrix of depth × columns lies in panels of columns, the last one filled up. Every backend's panels are of
/// 32 columns or a divisor of 32, whatever its registers: so that a program compiled once runs anywhere.
/// </summary>
internal static class PreparedPanels
{
    private const int Columns = 32;

    /// <summary>Columns, rounded up to whole panels.</summary>
    public static long Whole(long columns) => (columns + Columns - 1) / Columns * Columns;

    /// <summary>Floats of one matrix.</summary>
    public static long Floats(long depth, long columns) => depth * Whole(columns);
}
