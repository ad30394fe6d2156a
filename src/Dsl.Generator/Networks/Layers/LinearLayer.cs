using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Linear</c> declares.</summary>
internal sealed record LinearOptions(int Features, bool Bias, Init Init);

/// <summary>y = x·Wᵀ + b over the last dimension. Operations: 2·in·out and out for the bias, per row.</summary>
internal sealed class LinearLayer : Layer
{
    private static readonly LayerParameter Weight = new(
        "weight",
        node => new Shape(node.Shape.Last, node.InputShape.Last),
        node => Initialisation.Of(node.Entry.Options<LinearOptions>().Init, node.InputShape.Last, node.Shape.Last));

    private static readonly LayerParameter Bias = new("bias", node => new Shape(node.Shape.Last), node => Initialisation.FanIn(node.InputShape.Last));

    public override string Name => "Linear";

    public override object ReadOptions(Entry entry)
    {
        LinearAttribute written = entry.Attribute<LinearAttribute>();
        return new LinearOptions(written.Features, written.Bias, written.Init);
    }

    public override string Needs => "features or steps × features";

    public override bool TakesRank(int rank) => rank is 1 or 2;

    public override void CheckArguments(Site site)
    {
        site.AtLeast("features", 1);
        site.IsMember("Init", site.Entry.Options<LinearOptions>().Init);
    }

    public override Shape OutputOf(LayerSite site)
    {
        int features = site.Entry.Options<LinearOptions>().Features;
        return site.Input.Rank == 1 ? Sized(site, features) : Sized(site, site.Input[0], features);
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => entry.Options<LinearOptions>().Bias ? [Weight, Bias] : [Weight];

    public override long OperationsOf(Node node)
    {
        long multiplyAdds = Counting.Multiply(node.Shape.Count, node.InputShape.Last);
        return Counting.Add(Counting.Multiply(2, multiplyAdds), node.Entry.Options<LinearOptions>().Bias ? node.Shape.Count : 0);
    }

    public override bool IsCausal(Node node) => node.Shape.Rank == 2;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override bool TakesEpilogue => true;

    public override bool FoldsBatchNorm => true;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = lowering.Contiguous(lowering.InputOf(group));
        int inputs = node.InputShape.Last;
        int outputs = node.Shape.Last;

        // A flattened image stays in its own order: the weights are permuted when they are prepared, not the activations at every step.
        int channels = x.Layout.IsPlain || node.InputShape.Rank > 1 ? 0 : x.Layout.Channels;
        LinearShape linear = new(inputs, outputs, group.Epilogue, channels);
        (Operand scale, Operand bias) = Fold(lowering, group, outputs);
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        LinearParameters parameters = new(lowering.Parameter(node, Weight.Name), scale, bias, lowering.ParameterGradient(node, Weight.Name), lowering.ParameterGradient(node, Bias.Name));
        lowering.OnBackward(group, y, Emit(lowering, group, "", linear, parameters, x, y, node.Shape.Rank == 1 ? 1 : node.Shape[0]));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        bool hasBias = node.Entry.Options<LinearOptions>().Bias;
        if (node.Shape.Rank == 1)
            (hasBias ? graph.Node("Gemm", node, Weight.Name, Bias.Name) : graph.Node("Gemm", node, Weight.Name)).Int("transB", 1);
        else
            graph.Call("Linear", node.Path, graph.Input(node), OnnxGraph.Parameter(node, Weight.Name), hasBias ? OnnxGraph.Parameter(node, Bias.Name) : null);
    }

    /// <summary>Calls the operation, with its weights prepared; what is returned calls that of its gradient.</summary>
    /// <param name="lowering">Where to.</param>
    /// <param name="group">Whose weights.</param>
    /// <param name="name">Tells several of one group apart.</param>
    /// <param name="linear">Sizes.</param>
    /// <param name="parameters">Weights, bias and where their gradients go.</param>
    /// <param name="x">Rows of inputs.</param>
    /// <param name="y">Rows of outputs.</param>
    /// <param name="rowsPerSample">How many.</param>
    public static Action<Storage> Emit(Lowering lowering, FusedGroup group, string name, LinearShape linear, LinearParameters parameters, Tensor x, Tensor y, long rowsPerSample)
    {
        Operand shape = Operand.Of(linear, lowering.NameOf(group) + name + "Shape");
        Operand rows = Operand.PerSample(rowsPerSample);
        Storage weights = lowering.Prepared(
            group,
            name + "Weights",
            linear.PreparedFloats,
            made => lowering.Prepare(Operations.PrepareLinear, shape, parameters.Weight, parameters.Scale, Operand.Buffer(made)),
            linear.InputChannels);
        lowering.Call(Operations.Linear, shape, Operand.Buffer(weights), parameters.Bias, Operand.Buffer(x), Operand.Buffer(y), rows);
        return dy => lowering.WithGradient(x, dx =>
        {
            Operand backward = Operand.None;
            if (dx is not null)
            {
                backward = Operand.Buffer(lowering.Prepared(group, name + "WeightsBackward", linear.PreparedBackwardFloats, made =>
                    lowering.Prepare(Operations.PrepareLinearBackward, shape, parameters.Weight, Operand.Buffer(made))));
            }

            lowering.Call(
                Operations.LinearBackward,
                shape,
                backward,
                Operand.Buffer(x),
                Operand.Buffer(y),
                Operand.Buffer(dy),
                Operand.BufferOrNone(dx),
                parameters.WeightGradient,
                parameters.BiasGradient,
                rows);
        });
    }
}

/// <summary>What a linear operation computes with, and where the gradients go.</summary>
internal readonly record struct LinearParameters(Operand Weight, Operand Scale, Operand Bias, Operand WeightGradient, Operand BiasGradient);
