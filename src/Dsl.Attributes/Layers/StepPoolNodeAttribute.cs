namespace Dsl;

/// <summary>What the 1d pools share: a window over every feature of T×F along the steps with T' = floor((T + 2·Padding - k) / Stride) + 1, which also gives a padded sample's length.</summary>
/// <param name="k">The window's length in steps, at least 1.</param>
public abstract class StepPoolNodeAttribute(int k) : NodeAttribute
{
    /// <summary>The window's length in steps.</summary>
    public int Kernel { get; } = k;

    /// <summary>Steps from one window to the next, at least 1; without it, the window's length.</summary>
    public int Stride { get; set; } = k;

    /// <summary>Steps before and behind the input, from 0 to half the window.</summary>
    public int Padding { get; set; }
}
