namespace Dsl.Pipelines.Trees;

/// <summary>A node of a tree that grows: which rows are its own, and how they are parted.</summary>
internal struct GrowingNode
{
    /// <summary>Its first row.</summary>
    public int First { get; set; }

    /// <summary>Behind its last row.</summary>
    public int End { get; set; }

    /// <summary>Where its left child lies, the right one behind it; 0 while it is not parted.</summary>
    public int Next { get; set; }

    /// <summary>By which feature it is parted.</summary>
    public int Feature { get; set; }

    /// <summary>Of a continuous feature the last bin that goes left.</summary>
    public int Cut { get; set; }

    /// <summary>Of a categorical feature the bins that go left, ascending; else null.</summary>
    public int[]? LeftCategories { get; set; }

    /// <summary>What parting gained.</summary>
    public double Gain { get; set; }

    /// <summary>How mixed its rows are.</summary>
    public double Impurity { get; set; }

    /// <summary>How many rows, each once.</summary>
    public readonly int Count => End - First;

    /// <summary>It is not parted.</summary>
    public readonly bool IsLeaf => Next == 0;
}
