using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <content>What a layer becomes: backend operations, and what the planner asks before it decides.</content>
internal abstract partial class Layer
{
    /// <summary>The operation can apply an element-wise function on its way out.</summary>
    public virtual bool TakesEpilogue => false;

    /// <summary>The operation can pool its result on its way out.</summary>
    public virtual bool TakesPool => false;

    /// <summary>A batch norm behind it can be folded into its weights in inference.</summary>
    public virtual bool FoldsBatchNorm => false;

    /// <summary>Zeros that the layer would like around an input.</summary>
    public virtual Halo InputHalo(Node node) => default;

    /// <summary>The layer as a function on another's way out, or none.</summary>
    public virtual Epilogue EpilogueOf(Node node) => default;

    /// <summary>The layer is a batch norm with running statistics over the output features of that layer.</summary>
    public virtual bool IsBatchNormOver(Node node, Node before) => false;

    /// <summary>The layer is a max pooling that a convolution may do.</summary>
    public virtual bool CanBeFusedAsPool(Node node) => false;

    /// <summary>A training batch needs two samples, as there is one value a channel and sample.</summary>
    public virtual bool NeedsTwoSamples(Node node) => false;

    /// <summary>Calls the operations of the layer and what is fused with it, and says what its gradient is.</summary>
    public virtual void Lower(Lowering lowering, FusedGroup group) => throw new InvalidOperationException($"{Name} has no lowering.");

    /// <summary>Scale and bias of a layer's weights: with a batch norm folded in, made beside the prepared weights.</summary>
    protected static (Operand Scale, Operand Bias) Fold(Lowering lowering, FusedGroup group, int channels)
    {
        Operand bias = lowering.Parameter(group.Head, "bias");
        return group.Norm is { } norm ? FoldNorm(lowering, group, norm, bias, channels) : (Operand.None, bias);
    }

    /// <summary>A batch norm with running statistics as a scale and a shift of each channel, prepared for the group.</summary>
    protected static (Operand Scale, Operand Shift) FoldNorm(Lowering lowering, FusedGroup group, Node norm, Operand bias, int channels)
    {
        Storage scale = lowering.Prepared(group, "Scale", channels, _ => { });
        Storage shift = lowering.Prepared(group, "Shift", channels, made => lowering.Prepare(
            Operations.FoldBatchNorm,
            lowering.Parameter(norm, "weight"),
            lowering.Parameter(norm, "bias"),
            lowering.Parameter(norm, "running_mean"),
            lowering.Parameter(norm, "running_var"),
            norm.Entry.Options<BatchNormOptions>().Epsilon,
            bias,
            Operand.Buffer(scale),
            Operand.Buffer(made),
            channels));
        return (Operand.Buffer(scale), Operand.Buffer(shift));
    }
}
