namespace Dsl.Generator.Networks.Graph;

/// <summary>What a layer does with the lengths that come with its current output: how many steps of each sample are its own, the rest being padding.</summary>
internal enum Lengths
{
    /// <summary>It takes none: it works on all steps, padding or not, and its output has no lengths.</summary>
    Ended,

    /// <summary>Its output has the same ones, step for step; it may look at them.</summary>
    Passed,

    /// <summary>It looks at them, and its output has lengths of its own, which its lowering says.</summary>
    Mapped,

    /// <summary>It looks at them, and its output has no steps any more.</summary>
    Consumed,
}
