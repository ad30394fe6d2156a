namespace Dsl;

/// <summary>Marks a further output of the network; the last layer is the main one. The next layer goes on as if this were not there.</summary>
/// <param name="name">The output's name for the generated members.</param>
public sealed class OutputAttribute(string name) : NodeAttribute
{
    /// <summary>The output's name.</summary>
    public string OutputName { get; } = name;
}
