using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>TransformerEncoderLayer</c> declares.</summary>
internal sealed record TransformerEncoderOptions(int Heads, bool IsCausal, float Dropout, Init Init, int FeedForward, bool NormFirst, Activation Activation)
    : AttentionOptions(Heads, IsCausal, Dropout, Init);

/// <summary>
/// Attention and two linear layers, each with a residual and a norm. Operations: those of its linear layers, 4·T·T·F of the attention, four an element of each norm,
/// one of each sum, and those of the activation.
/// </summary>
internal sealed class TransformerEncoderLayerLayer : Layer
{
    private const float Epsilon = 1e-5f;

    private static readonly LayerParameter[] All =
    [
        .. AttentionParameters.Named("self_attn."),
        new("linear1.weight", node => new Shape(Options(node).FeedForward, node.Shape.Last), node => Initialisation.Of(Options(node).Init, node.Shape.Last, Options(node).FeedForward)),
        new("linear1.bias", node => new Shape(Options(node).FeedForward), node => Initialisation.FanIn(node.Shape.Last)),
        new("linear2.weight", node => new Shape(node.Shape.Last, Options(node).FeedForward), node => Initialisation.Of(Options(node).Init, Options(node).FeedForward, node.Shape.Last)),
        new("linear2.bias", node => new Shape(node.Shape.Last), node => Initialisation.FanIn(Options(node).FeedForward)),
        new("norm1.weight", node => new Shape(node.Shape.Last), _ => Initialisation.Ones),
        new("norm1.bias", node => new Shape(node.Shape.Last), _ => Initialisation.Zeros),
        new("norm2.weight", node => new Shape(node.Shape.Last), _ => Initialisation.Ones),
        new("norm2.bias", node => new Shape(node.Shape.Last), _ => Initialisation.Zeros),
    ];

    /// <summary>The dropouts beside that of the attention's weights.</summary>
    private enum Place : uint
    {
        AfterAttention = 1,
        AfterActivation,
        AfterFeedForward,
    }

    public override string Name => "TransformerEncoderLayer";

    public override object ReadOptions(Entry entry)
    {
        TransformerEncoderLayerAttribute written = entry.Attribute<TransformerEncoderLayerAttribute>();
        return new TransformerEncoderOptions(
            written.Heads, written.Causal, (float)written.Dropout, written.Init, written.FeedForward, written.NormFirst, written.Activation);
    }

    public override string Needs => "steps × features";

    public override bool TakesRank(int rank) => rank == 2;

    public override void CheckArguments(Site site)
    {
        AttentionParameters.CheckArguments(site);
        site.AtLeast("feedForward", 1);
        site.IsMember("Activation", site.Entry.Options<TransformerEncoderOptions>().Activation);
    }

    public override Shape OutputOf(LayerSite site)
    {
        if (!AttentionParameters.Divide(site))
            return Shape.Unknown;

        // The largest of what is computed on the way.
        long widest = Math.Max(3L * site.Input.Last, site.Entry.Options<TransformerEncoderOptions>().FeedForward);
        return Sized(site, site.Input[0], widest).IsKnown ? site.Input : Shape.Unknown;
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => All;

    public override long OperationsOf(Node node)
    {
        TransformerEncoderOptions options = Options(node);
        long hidden = Counting.Multiply(node.Shape[0], options.FeedForward);
        long linear = Counting.Add(
            AttentionParameters.LinearOperations(hidden, node.Shape.Last), AttentionParameters.LinearOperations(node.Shape.Count, options.FeedForward));
        long around = Counting.Multiply(2 * (4 + 1), node.Shape.Count);
        long activation = Counting.Multiply(options.Activation == Activation.GELU ? 4 : 1, hidden);
        return Counting.Add(AttentionParameters.Operations(node.Shape, node.Shape), Counting.Add(linear, Counting.Add(around, activation)));
    }

    public override bool LooksBack(Node node) => true;

    public override bool IsCausal(Node node) => Options(node).IsCausal;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        TransformerEncoderOptions options = Options(group.Head);
        Composition composition = new(lowering, group);
        Tensor x = composition.Input();
        if (options.NormFirst)
        {
            x = composition.Add(Attend(composition.Norm(x, "Norm1", "norm1.", Epsilon)), x, "Sum1");
            x = composition.Add(FeedForward(composition.Norm(x, "Norm2", "norm2.", Epsilon)), x, "Sum2");
        }
        else
        {
            x = composition.Norm(composition.Add(Attend(x), x, "Sum1"), "Norm1", "norm1.", Epsilon);
            x = composition.Norm(composition.Add(FeedForward(x), x, "Sum2"), "Norm2", "norm2.", Epsilon);
        }

        composition.Finish(x);

        Tensor Attend(Tensor x) => composition.Drop(
            composition.Attend(x, null, options, lowering.LengthsOf(group), "self_attn."), "AttentionDropout", options.Dropout, (uint)Place.AfterAttention);

        Tensor FeedForward(Tensor x)
        {
            Epilogue function = new(options.Activation == Activation.GELU ? UnaryFunction.GELU : UnaryFunction.ReLU);
            bool rides = !lowering.Training || function.FollowsFromOutput;
            Tensor hidden = composition.Linear(x, "Linear1", "linear1.weight", "linear1.bias", rides ? function : default);
            if (!rides)
                hidden = composition.Activate(hidden, "Activation", function);
            hidden = composition.Drop(hidden, "ActivationDropout", options.Dropout, (uint)Place.AfterActivation);
            return composition.Drop(
                composition.Linear(hidden, "Linear2", "linear2.weight", "linear2.bias"), "Dropout", options.Dropout, (uint)Place.AfterFeedForward);
        }
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        TransformerEncoderOptions options = Options(node);
        string x = graph.Input(node);
        if (options.NormFirst)
        {
            x = Sum("Sum1", Attend(Norm(x, "Norm1", "norm1.")), x);
            Sum(null, FeedForward(Norm(x, "Norm2", "norm2.")), x);
        }
        else
        {
            x = Norm(Sum("Sum1", Attend(x), x), "Norm1", "norm1.");
            Norm(Sum("Sum2", FeedForward(x), x), null, "norm2.");
        }

        // The last piece is the layer's value.
        string NameOf(string? piece) => piece is null ? node.Path : OnnxGraph.Inner(node, piece);

        string Sum(string? piece, string branch, string from)
        {
            graph.Node("Add", NameOf(piece), branch, from);
            return NameOf(piece);
        }

        string Norm(string from, string? piece, string prefix)
        {
            LayerNormLayer.Export(graph, node, NameOf(piece), from, prefix, Epsilon);
            return NameOf(piece);
        }

        string Attend(string from)
        {
            AttentionParameters.Export(graph, node, NameOf("Attention"), from, null, "self_attn.", node.Shape[0], graph.LengthsOf(node));
            return NameOf("Attention");
        }

        string FeedForward(string from)
        {
            Linear(from, "Linear1", "linear1.");
            if (options.Activation == Activation.GELU)
                graph.Call("Gelu", NameOf("Activation"), NameOf("Linear1"));
            else
                graph.Node("Relu", NameOf("Activation"), NameOf("Linear1"));
            Linear(NameOf("Activation"), "Linear2", "linear2.");
            return NameOf("Linear2");
        }

        void Linear(string from, string piece, string prefix) =>
            graph.Call("Linear", NameOf(piece), from, OnnxGraph.Parameter(node, prefix + "weight"), OnnxGraph.Parameter(node, prefix + "bias"));
    }

    private static TransformerEncoderOptions Options(Node node) => node.Entry.Options<TransformerEncoderOptions>();
}
