namespace Dsl;

/// <summary>The current output first, then the named ones in order, put together along <see cref="Axis"/>; shapes equal but for that axis.</summary>
/// <param name="with">At least one name of an input or layer before this one.</param>
public sealed class ConcatAttribute(params string[] with) : NodeAttribute
{
    /// <summary>The names of the other outputs.</summary>
    public string[] With { get; } = with;

    /// <summary>The axis, from 0, the batch not counted: 0 is the channels of C×H×W.</summary>
    public int Axis { get; set; }
}
