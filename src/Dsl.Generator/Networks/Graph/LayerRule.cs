using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Graph;

/// <summary>
/// What a layer does to shapes, which parameters it has and how many operations it costs. One file a layer; instances are stateless.
/// Operations: a multiply-add is two, everything else one per element read or written as the layer's file says.
/// </summary>
internal abstract class LayerRule : Construct
{
    public override bool HasOrder => true;

    /// <summary>Where values enter the network: no layer before it.</summary>
    public virtual bool IsSource => false;

    /// <summary>What the elements of its output are.</summary>
    public virtual ElementType Gives => ElementType.Float32;

    /// <summary>Of a source of ids: which there are.</summary>
    public virtual IdRange Ids(Entry entry) => default;

    /// <summary>Feature by feature the output is the input's: an activation, a norm, dropout. What the features are, they still are.</summary>
    public virtual bool KeepsFeatures => false;

    /// <summary>Makes no sense as the last layer before a loss (DSL305).</summary>
    public virtual bool EndsUntrained => false;

    /// <summary>
    /// Outside training a step of its output, of as many steps as its inputs have, depends on the same and earlier steps of these alone: so that a network of such layers can go step
    /// by step.
    /// </summary>
    public virtual bool IsCausal(Node node) => false;

    /// <summary>What the elements of its inputs are.</summary>
    public virtual ElementType Takes => ElementType.Float32;

    /// <summary>What becomes of the lengths that the samples of a sequence input may have.</summary>
    public virtual Lengths LengthsIn(Node node) => Lengths.Ended;

    /// <summary>The argument with names of further inputs (<c>with</c> of <c>Add</c>, <c>KeyValue</c> of an attention), or null.</summary>
    public virtual string? MergeArgument => null;

    /// <summary>The names that <see cref="MergeArgument"/> lists.</summary>
    public virtual EquatableArray<string> MergedNames(Entry entry) => default;

    /// <summary>What <see cref="TakesRank"/> wants, in words: <c>channels × height × width</c>.</summary>
    public virtual string Needs => "at least one dimension";

    /// <summary>Whether the layer works on an input of so many dimensions (else DSL201).</summary>
    public virtual bool TakesRank(int rank) => rank >= 1;

    /// <summary>Checks the ranges that follow from the current output's shape (DSL202); of further inputs nothing need be known.</summary>
    public virtual void CheckAgainstInput(LayerSite site)
    {
    }

    /// <summary>The shape of the output, or unknown and a failure of the site (DSL203-206). The inputs are known, their ranks and the arguments right.</summary>
    public virtual Shape OutputOf(LayerSite site) => site.Input;

    /// <summary>The parameters in PyTorch's order: which there are follows from what is written, even where no shape is known.</summary>
    public virtual IReadOnlyList<LayerParameter> Parameters(Entry entry) => [];

    /// <summary>Operations of one forward pass over one sample: by default one per element of the output.</summary>
    public virtual long OperationsOf(Node node) => node.Shape.Count;

    /// <summary>Why a training batch needs two samples, in words that follow the layer's name; null where one will do.</summary>
    public virtual string? WhyTwoSamples(Node node) => null;

    /// <summary>Makes a shape of sizes counted in 64 bits, or reports that it is too large (DSL208).</summary>
    protected static Shape Sized(LayerSite site, params long[] sizes)
    {
        long count = 1;
        foreach (long size in sizes)
            count = Counting.Multiply(count, size);
        if (count > int.MaxValue)
        {
            site.FailHere(Descriptors.TooLarge, $"gives {string.Join("×", sizes)}, more than {int.MaxValue} elements per sample{site.Origin}");
            return Shape.Unknown;
        }

        int[] small = new int[sizes.Length];
        for (int i = 0; i < small.Length; i++)
            small[i] = (int)sizes[i];
        return new Shape(small);
    }
}
