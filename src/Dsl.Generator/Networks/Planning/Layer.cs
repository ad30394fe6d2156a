using System;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What a layer becomes: backend operations, and what the planner asks before it decides.</summary>
internal abstract class Layer : LayerRule
{
    /// <summary>The operation can apply an element-wise function on its way out.</summary>
    public virtual bool TakesEpilogue => false;

    /// <summary>In training the operation can add another value of the same shape on its way out, before the function.</summary>
    public virtual bool TakesSum(Node node) => false;

    /// <summary>The layer is the sum of its inputs.</summary>
    public virtual bool IsSum => false;

    /// <summary>The operation can pool its result on its way out.</summary>
    public virtual bool TakesPool => false;

    /// <summary>A batch norm behind it can be folded into its weights in inference.</summary>
    public virtual bool FoldsBatchNorm => false;

    /// <summary>Zeros that the layer would like around an input.</summary>
    public virtual Halo InputHalo(Node node) => default;

    /// <summary>The layer as a function on another's way out, or none.</summary>
    public virtual Epilogue EpilogueOf(Node node) => default;

    /// <summary>The layer is a batch norm with running statistics over the output features of the one before it.</summary>
    public virtual bool IsBatchNorm => false;

    /// <summary>What a batch norm adds to the variance.</summary>
    public virtual float EpsilonOf(Node norm) => throw new InvalidOperationException($"{Name} is no batch norm.");

    /// <summary>The layer is a max pooling that a convolution may do.</summary>
    public virtual bool CanBeFusedAsPool(Node node) => false;

    /// <summary>Of a source: the length of each sample (int32, one a sample), where samples may be shorter than the shape says; null where none is.</summary>
    public virtual Storage? LengthsOf(Lowering lowering, Node node, Tensor value) => null;

    /// <summary>It adds a term of its own to the loss (<see cref="Lowering.AddToLoss"/>).</summary>
    public virtual bool AddsToLoss(Node node) => false;

    /// <summary>In a run that is one of several it goes on from the state that it left (<see cref="Lowering.CarriedIn"/>).</summary>
    public virtual bool Carries(Node node) => false;

    /// <summary>Outside training a step of its output depends on earlier steps too: of a network that goes step by step it keeps something of them.</summary>
    public virtual bool LooksBack(Node node) => Carries(node);

    /// <summary>Calls the operations of the layer and what is fused with it, and says what its gradient is.</summary>
    public virtual void Lower(Lowering lowering, FusedGroup group) => throw new InvalidOperationException($"{Name} has no lowering.");

    /// <summary>Says what the layer is in ONNX, in inference. Without it a network that has the layer is not exported, and says why.</summary>
    public virtual void Export(OnnxGraph graph, Node node) => graph.Call("HasNoForm", node.Path, Name);

    /// <summary>A node's layer as the planner knows it: the graph knows its rule for shapes.</summary>
    public static Layer Of(Node node) => (Layer)node.Layer;

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
            Of(norm).EpsilonOf(norm),
            bias,
            Operand.Buffer(scale),
            Operand.Buffer(made),
            channels));
        return (Operand.Buffer(scale), Operand.Buffer(shift));
    }
}
