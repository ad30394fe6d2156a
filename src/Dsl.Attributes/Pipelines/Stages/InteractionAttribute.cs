namespace Dsl;

/// <summary>Numbers and vectors → the products of one element of each; a class number (but <c>Binarizer</c>'s) counts as one-hot of all its classes.</summary>
/// <param name="output">The column to make.</param>
/// <param name="inputs">At least one column.</param>
public sealed class InteractionAttribute(string output, params string[] inputs) : StageAttribute
{
    /// <summary>The column to make.</summary>
    public string Output { get; } = output;

    /// <summary>At least one column.</summary>
    public string[] Inputs { get; } = inputs;
}
