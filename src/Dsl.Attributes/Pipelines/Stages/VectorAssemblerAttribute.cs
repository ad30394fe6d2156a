namespace Dsl;

/// <summary>Numbers, flags and vectors → vector, one behind the other.</summary>
/// <param name="output">The column to make.</param>
/// <param name="inputs">At least one column.</param>
public sealed class VectorAssemblerAttribute(string output, params string[] inputs) : StageAttribute
{
    /// <summary>The column to make.</summary>
    public string Output { get; } = output;

    /// <summary>At least one column.</summary>
    public string[] Inputs { get; } = inputs;

    /// <summary>What becomes of null and NaN; <c>Keep</c>: NaN.</summary>
    public HandleInvalid HandleInvalid { get; set; }
}
