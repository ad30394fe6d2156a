using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a recurrent layer declares.</summary>
internal sealed record RecurrentOptions(RecurrentCell Cell, int Hidden, int Layers, bool Bidirectional, float Dropout, Init Init)
{
    public int Directions => Bidirectional ? 2 : 1;
}

/// <summary>
/// Recurrent layers: of each stacked layer and direction one operation, dropout between stacked layers. Operations: for each step, layer and direction
/// 2·(in + hidden) for each of gates·hidden values, and one for its bias and function.
/// </summary>
internal abstract class RecurrentLayer : Layer
{
    // More are a typing error: nobody could compile what they would become.
    private const int MostLayers = 1000;

    public override string Needs => "steps × features";

    public override bool TakesRank(int rank) => rank == 2;

    public override void CheckArguments(Site site)
    {
        RecurrentOptions options = site.Entry.Options<RecurrentOptions>();
        site.AtLeast("hidden", 1);
        site.AtLeast("Layers", 1);
        if (options.Layers > MostLayers)
            site.Fail(Descriptors.OutOfRange, "Layers", $"needs Layers of at most {MostLayers}, but has {options.Layers.ToString(CultureInfo.InvariantCulture)}");
        site.InUnit("Dropout");
        site.IsMember("Init", options.Init);
    }

    public override Shape OutputOf(LayerSite site)
    {
        RecurrentOptions options = site.Entry.Options<RecurrentOptions>();

        // The gates of a step are more than its result.
        RecurrentShape shape = new(options.Cell, site.Input.Last, options.Hidden, site.Input[0]);
        Shape gates = Sized(site, (long)shape.Gates * options.Hidden);
        return gates.IsKnown ? Sized(site, site.Input[0], (long)options.Hidden * options.Directions) : gates;
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry)
    {
        RecurrentOptions options = entry.Options<RecurrentOptions>();
        List<LayerParameter> parameters = [];
        for (int layer = 0; layer < Math.Min(options.Layers, MostLayers); layer++)
        {
            for (int direction = 0; direction < options.Directions; direction++)
            {
                int of = layer;
                string suffix = Suffix(layer, direction);
                parameters.Add(Matrix("weight_ih" + suffix, node => InputsOf(node, of)));
                parameters.Add(Matrix("weight_hh" + suffix, node => OptionsOf(node).Hidden));
                parameters.Add(Bias("bias_ih" + suffix));
                parameters.Add(Bias("bias_hh" + suffix));
            }
        }

        return parameters;
    }

    public override long OperationsOf(Node node)
    {
        RecurrentOptions options = OptionsOf(node);
        long each = 0;
        for (int layer = 0; layer < options.Layers; layer++)
        {
            long inputs = Counting.Add(InputsOf(node, layer), options.Hidden);
            each = Counting.Add(each, Counting.Add(Counting.Multiply(2, inputs), 1));
        }

        return Counting.Multiply(each, Counting.Multiply(node.Shape.Count, ShapeOf(node, 0, 0).Gates));
    }

    public override bool IsCausal(Node node) => !OptionsOf(node).Bidirectional;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override bool Carries(Node node) => !OptionsOf(node).Bidirectional;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        RecurrentOptions options = OptionsOf(node);
        bool needsGradient = lowering.NeedsGradient(group);
        bool trains = needsGradient && group.Head.IsTrainable;
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        for (int layer = 0; layer < options.Layers; layer++)
        {
            bool isLast = layer == options.Layers - 1;
            bool passes = trains || x.Gradient.IsNeeded;
            Tensor y = isLast ? lowering.NewFlat(group, needsGradient) : Between(lowering, group, layer, "Output", passes);
            y.IsBidirectional = options.Bidirectional;
            for (int direction = 0; direction < options.Directions; direction++)
                Lower(lowering, group, layer, direction, x, y);
            x = isLast || options.Dropout == 0 || !lowering.Training ? y : Drop(lowering, group, layer, y, options.Dropout);
        }
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        RecurrentOptions options = OptionsOf(node);
        graph.Call("Recurrent", Name, node.Path, graph.Input(node), options.Layers, options.Bidirectional, graph.LengthsOf(node));
        if (options.Bidirectional)
            graph.SetBidirectional(node);
    }

    /// <summary>What the attribute says, whatever the kind of cell.</summary>
    protected static RecurrentOptions OptionsOf(RecurrentNodeAttribute written, RecurrentCell cell) =>
        new(cell, written.Hidden, written.Layers, written.Bidirectional, (float)written.Dropout, written.Init);

    private static RecurrentOptions OptionsOf(Node node) => node.Entry.Options<RecurrentOptions>();

    private static string Suffix(int layer, int direction) => "_l" + layer.ToString(CultureInfo.InvariantCulture) + (direction == 1 ? "_reverse" : "");

    private static int InputsOf(Node node, int layer) => layer == 0 ? node.InputShape.Last : node.Shape.Last;

    private static RecurrentShape ShapeOf(Node node, int layer, int direction)
    {
        RecurrentOptions options = OptionsOf(node);
        return new RecurrentShape(options.Cell, InputsOf(node, layer), options.Hidden, node.Shape[0], options.Directions, direction == 1);
    }

    private static LayerParameter Matrix(string name, Func<Node, int> columns) => new(
        name,
        node => new Shape(RowsOf(node), columns(node)),
        node => OptionsOf(node).Init == Init.Default
            ? Initialisation.FanIn(OptionsOf(node).Hidden)
            : Initialisation.Of(OptionsOf(node).Init, columns(node), RowsOf(node)));

    // PyTorch draws them as the weights: by the number of hidden features.
    private static LayerParameter Bias(string name) => new(name, node => new Shape(RowsOf(node)), node => Initialisation.FanIn(OptionsOf(node).Hidden));

    private static int RowsOf(Node node) => checked(ShapeOf(node, 0, 0).Gates * OptionsOf(node).Hidden);

    private static Tensor Between(Lowering lowering, FusedGroup group, int layer, string what, bool needsGradient)
    {
        Shape shape = group.Last.Shape;
        string name = lowering.NameOf(group) + what + layer.ToString(CultureInfo.InvariantCulture);
        return new Tensor(name, shape, Layout.Flat(shape.Count), lowering.NewSamples(name, shape.Count), needsGradient);
    }

    private static Tensor Drop(Lowering lowering, FusedGroup group, int layer, Tensor y, float probability)
    {
        // Dropout layers are told apart by their number in the network; of those within one layer the upper bits say which.
        Operand key = Operand.Of(new DropoutLayerKey((uint)group.Head.Index | ((uint)(layer + 1) << 16)));
        Tensor dropped = Between(lowering, group, layer, "Dropped", y.Gradient.IsNeeded);
        lowering.Call(Operations.Dropout, key, probability, Operand.View(y), Operand.View(dropped), Operand.Batch);
        if (y.Gradient.IsNeeded)
        {
            lowering.OnBackward(dropped, gradient => lowering.WriteGradientInPlace(y, gradient, dy =>
                lowering.Call(Operations.Dropout, key, probability, Lowering.GradientView(gradient, dropped), Lowering.GradientView(dy, y), Operand.Batch)));
        }

        return dropped;
    }

    private static void Lower(Lowering lowering, FusedGroup group, int layer, int direction, Tensor x, Tensor y)
    {
        Node node = group.Head;
        string suffix = Suffix(layer, direction);
        string own = "L" + layer.ToString(CultureInfo.InvariantCulture) + (direction == 1 ? "Reverse" : "");
        RecurrentShape recurrent = ShapeOf(node, layer, direction);
        Operand shape = Operand.Of(recurrent, lowering.NameOf(group) + own + "Shape");
        Operand lengths = lowering.LengthsOf(group);
        Operand weightInput = lowering.Parameter(node, "weight_ih" + suffix);
        Operand weightHidden = lowering.Parameter(node, "weight_hh" + suffix);
        Storage weights = lowering.Prepared(group, own + "Weights", recurrent.PreparedFloats, made => lowering.Prepare(
            Operations.PrepareRecurrent,
            shape,
            weightInput,
            weightHidden,
            lowering.Parameter(node, "bias_ih" + suffix),
            lowering.Parameter(node, "bias_hh" + suffix),
            Operand.Buffer(made)));
        Storage? saved = y.Gradient.IsNeeded ? lowering.NewSamples(lowering.NameOf(group) + own + "Saved", recurrent.SavedFloats) : null;
        Tensor? state = null;
        Tensor? next = null;
        if (recurrent.Directions == 1)
        {
            Shape size = new((int)(recurrent.StateFloats / recurrent.Hidden), recurrent.Hidden);
            state = lowering.CarriedIn(group, own + "State", size);
            if (state is not null)
            {
                string name = lowering.NameOf(group) + own + "Next";
                next = new Tensor(name, size, Layout.Flat(size.Count), lowering.NewSamples(name, size.Count), needsGradient: false);
            }
        }

        lowering.Call(
            Operations.Recurrent,
            shape,
            Operand.Buffer(weights),
            Operand.Buffer(x),
            lengths,
            Operand.BufferOrNone(state?.Storage),
            Operand.Buffer(y),
            Operand.BufferOrNone(next?.Storage),
            Operand.BufferOrNone(saved),
            Operand.Batch);
        if (next is not null)
            lowering.CarryOut(group, own + "State", next);
        if (saved is null)
            return;
        lowering.OnBackward(y, dy => lowering.WithGradient(x, dx =>
        {
            Storage backward = lowering.Prepared(group, own + "WeightsBackward", recurrent.PreparedBackwardFloats, made => lowering.Prepare(
                Operations.PrepareRecurrentBackward, shape, dx is null ? Operand.None : weightInput, weightHidden, Operand.Buffer(made)));
            lowering.Call(
                Operations.RecurrentBackward,
                shape,
                Operand.Buffer(backward),
                lengths,
                Operand.Buffer(saved),
                Operand.Buffer(dy),
                Operand.BufferOrNone(dx),
                lowering.ParameterGradient(node, "weight_ih" + suffix),
                lowering.ParameterGradient(node, "weight_hh" + suffix),
                lowering.ParameterGradient(node, "bias_ih" + suffix),
                lowering.ParameterGradient(node, "bias_hh" + suffix),
                Operand.Batch);
        }));
    }
}
