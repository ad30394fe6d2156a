namespace Dsl;

/// <summary>In <c>Fit</c> and <c>Tune</c> the stages behind it are fitted on this share of the rows; <c>TestScores</c> come from the rest. Once.</summary>
public sealed class SplitAttribute : StageAttribute
{
    /// <summary>The share, above 0 and below 1.</summary>
    public double Train { get; set; } = 0.8;

    /// <summary>Where the drawing starts; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }

    /// <summary>A text, flag, class number or whole number; the share holds for each of its values, and a row without one is left out.</summary>
    public string? Stratify { get; set; }
}
