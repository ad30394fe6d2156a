namespace Dsl;

/// <summary>The elementwise product of the current output and the named ones; equal shapes, no broadcasting.</summary>
/// <param name="with">At least one name of an input or layer before this one.</param>
public sealed class MultiplyAttribute(params string[] with) : NodeAttribute
{
    /// <summary>The names of the other outputs.</summary>
    public string[] With { get; } = with;
}
