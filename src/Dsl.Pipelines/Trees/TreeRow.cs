namespace Dsl.Pipelines.Trees;

/// <summary>A row of a tree in 64 bits, as it goes from node to node: its number, how often it is in the tree, and its class where there are classes.</summary>
internal static class TreeRow
{
    /// <summary>How many entries behind the last of a list may be read, to ask for memory ahead; they are any row's.</summary>
    public const int Padding = 32;

    /// <summary>The most classes.</summary>
    public const int MostClasses = ushort.MaxValue + 1;

    private const int CopiesAt = 32;
    private const int ClassAt = 40;

    /// <summary>Packs one.</summary>
    public static ulong Of(int row, byte copies, int label) => (uint)row | ((ulong)copies << CopiesAt) | ((ulong)(uint)label << ClassAt);

    /// <summary>Its number.</summary>
    public static int Number(ulong row) => (int)(uint)row;

    /// <summary>How often it is in the tree.</summary>
    public static byte Copies(ulong row) => (byte)(row >> CopiesAt);

    /// <summary>Its class.</summary>
    public static int Class(ulong row) => (int)(row >> ClassAt);
}
