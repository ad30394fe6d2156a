namespace Dsl;

/// <summary>Numbers, flags and text → sparse vector, each number at a place by the hash of its column's name, each flag and text as 1 at one by name and value. Takes null, which gives nothing.</summary>
/// <param name="output">The column to make.</param>
/// <param name="inputs">At least one column.</param>
public sealed class FeatureHasherAttribute(string output, params string[] inputs) : StageAttribute
{
    /// <summary>The column to make.</summary>
    public string Output { get; } = output;

    /// <summary>At least one column.</summary>
    public string[] Inputs { get; } = inputs;

    /// <summary>The elements of the vector, at least 1.</summary>
    public int NumFeatures { get; set; } = 262144;

    /// <summary>Inputs that are numbers but count as text.</summary>
    public string[] CategoricalCols { get; set; } = [];
}
