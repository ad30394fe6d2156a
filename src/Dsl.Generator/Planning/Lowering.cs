using System;
using System.Collections.Generic;
using Dsl.Generator.Checking;

namespace Dsl.Generator.Planning;

/// <summary>
/// Turns layers into backend operations: one instance for a forward pass with or without its backward pass. A layer's <c>Lower</c> asks for its
/// inputs in the layout that it wants, calls operations, and says what its gradient is; the backward pass is those sayings in reverse order.
/// This is reverse-mode differentiation at compile time: the tape is a list of closures here, and none is left at run time.
/// </summary>
internal sealed class Lowering
{
    private readonly NetworkCode code;
    private readonly Network network;
    private readonly Tensor?[] values;
    private readonly Dictionary<(Storage, Shape), Tensor> conversions = [];
    private readonly List<Action> adjoints = [];
    private readonly Halo[] demandedHalos;
    private string? comment;

    public Lowering(NetworkCode code, Network network, bool training, Halo[] demandedHalos)
    {
        this.code = code;
        this.network = network;
        this.demandedHalos = demandedHalos;
        Training = training;
        values = new Tensor?[network.Nodes.Count];
        Current = Forward;
    }

    /// <summary>True where a backward pass follows and layers behave as in training.</summary>
    public bool Training { get; }

    /// <summary>Operations that make prepared weights for this pass.</summary>
    public List<Operation> Preparation { get; } = [];

    /// <summary>The forward pass.</summary>
    public List<Operation> Forward { get; } = [];

    /// <summary>The backward pass.</summary>
    public List<Operation> Backward { get; } = [];

    /// <summary>Whether the step may be applied, and what it changes.</summary>
    public List<Operation> Updates { get; } = [];

    /// <summary>Looks at updates that are no gradients, running statistics, before anything is changed.</summary>
    private readonly List<Operation> statisticsChecks = [];

    /// <summary>Updates that are no gradients, after the optimizer, which has the last word on whether the step is applied.</summary>
    private readonly List<Operation> statisticsUpdates = [];

    /// <summary>Every storage of the pass.</summary>
    public List<Storage> Storages { get; } = [];

    /// <summary>Where operations go now.</summary>
    private List<Operation> Current { get; set; }

    /// <summary>A storage that holds what does not depend on the batch, alive to the end of the pass.</summary>
    public Storage NewFixed(string name, long floats) => Add(new Storage(name, Home.Fixed, floats));

    /// <summary>A storage of so many floats a sample.</summary>
    public Storage NewSamples(string name, long floats) => Add(new Storage(name, Home.Samples, floats));

    /// <summary>A network input.</summary>
    public void Input(Node node, int port)
    {
        Storage storage = new(code.IdentifierOf(node), Home.Input, node.Shape.Count) { Port = port };
        values[node.Index] = new Tensor(code.IdentifierOf(node), node.Shape, Layout.Flat(node.Shape.Count), storage, needsGradient: false);
    }

    /// <summary>True once a node has a value.</summary>
    public bool Has(int node) => values[node] is not null;

    /// <summary>The loss comes next.</summary>
    public void StartLoss(string title)
    {
        Current = Forward;
        comment = title;
    }

    /// <summary>The optimizer comes next; where there is nothing to train, only what a step checks.</summary>
    public void LowerUpdate(string title, long trainedFloats, Action optimizer)
    {
        Current = Updates;
        comment = title;
        Call("CheckGradients", "Gradients", Literal.Int(trainedFloats), "context.Loss", "context.Verdict");
        Updates.AddRange(statisticsChecks);
        if (trainedFloats > 0)
            optimizer();
        Updates.AddRange(statisticsUpdates);
    }

    /// <summary>Runs a group's lowering.</summary>
    public void Lower(FusedGroup group)
    {
        Current = Forward;
        comment = $"{group.Title}: {group.Last.Shape}";
        group.Head.Layer.Lower(this, group);
        if (Training)
            Trace(group);
    }

    /// <summary>Emits the adjoints, last layer first.</summary>
    public void LowerBackward()
    {
        Current = Backward;
        for (int i = adjoints.Count - 1; i >= 0; i--)
            adjoints[i]();
    }

    /// <summary>The value that a node gave.</summary>
    public Tensor ValueOf(int node) => values[node] ?? throw new InvalidOperationException($"{network.Nodes[node].Path} was not lowered.");

    /// <summary>A layer's input number i as it comes.</summary>
    public Tensor InputOf(FusedGroup group, int i = 0) => ValueOf(group.Head.Inputs[i]);

    /// <summary>Says what a group's output is.</summary>
    public void SetOutput(FusedGroup group, Tensor value) => values[group.Last.Index] = value;

    /// <summary>The output of a group as a channels-last image with the halo that its readers want.</summary>
    public Tensor NewImage(FusedGroup group, bool needsGradient)
    {
        Shape shape = group.Last.Shape;
        return NewValue(group, Layout.Image(shape[0], shape[1], shape[2], demandedHalos[group.Last.Index]), needsGradient);
    }

    /// <summary>The output of a group as a channels-last image without a halo.</summary>
    public Tensor NewDenseImage(FusedGroup group, bool needsGradient)
    {
        Shape shape = group.Last.Shape;
        return NewValue(group, Layout.Image(shape[0], shape[1], shape[2]), needsGradient);
    }

    /// <summary>The output of a group in row-major order.</summary>
    public Tensor NewFlat(FusedGroup group, bool needsGradient) => NewValue(group, Layout.Flat(group.Last.Shape.Count), needsGradient);

    /// <summary>The output of a group in the layout of an input of the same shape, with the halo that its readers want.</summary>
    public Tensor NewLike(FusedGroup group, Tensor input, bool needsGradient)
    {
        Halo halo = IsImage(input) ? demandedHalos[group.Last.Index] : default;
        return NewValue(group, Layout.Image(input.Layout.Channels, input.Layout.Height, input.Layout.Width, halo), needsGradient);
    }

    /// <summary>The tensor in the row-major, channels-first order that a user sees.</summary>
    public Tensor Plain(Tensor x)
    {
        if (x.Layout.IsPlain)
            return x.Layout == Layout.Flat(x.Layout.Count) ? x : x.Reinterpret(x.Name, x.Shape, Layout.Flat(x.Layout.Count));
        return Convert(x, x.Name + "Plain", Layout.Flat(x.Layout.Count), (from, to) => Call("ToChannelsFirst", Operand.View(from), Operand.Buffer(to), "batch"),
            (from, to, layout) => Call("ToChannelsLast", Operand.Buffer(from), Operand.View(to, layout), "batch"));
    }

    /// <summary>A tensor of shape C×H×W as a channels-last image. Its halo is what its maker was asked for, or none.</summary>
    public Tensor Image(Tensor x)
    {
        int channels = x.Shape[0], height = x.Shape[1], width = x.Shape[2];
        Layout image = Layout.Image(channels, height, width);
        if (x.Layout with { Halo = default } == image)
            return x;
        if (image.IsPlain)
            return x.Reinterpret(x.Name, x.Shape, image);
        return Convert(x, x.Name + "Image", image with { Halo = HaloFor(x) }, (from, to) => Call("ToChannelsLast", Operand.Buffer(from), Operand.View(to), "batch"),
            (from, to, layout) => Call("ToChannelsFirst", Operand.View(from, image), Operand.Buffer(to), "batch"));
    }

    /// <summary>The tensor without a halo, in whatever order it has.</summary>
    public Tensor Contiguous(Tensor x)
    {
        if (x.Layout.Halo.IsNone)
            return x;
        Layout bare = x.Layout with { Halo = default };
        return Convert(x, x.Name + "Dense", bare, (from, to) => Call("Copy", Operand.View(from), Operand.View(to), "batch"),
            (from, to, layout) => Call("Copy", Operand.View(from, bare), Operand.View(to, layout), "batch"));
    }

    /// <summary>An operation of the backend; the batch is the last argument of nearly all.</summary>
    public void Call(string method, params Operand[] operands)
    {
        Current.Add(new Operation("TBackend." + method, operands, comment));
        comment = null;
    }

    /// <summary>An operation that happens only where the context says so.</summary>
    public void CallIf(string condition, string method, params Operand[] operands) => Current.Add(new Operation("TBackend." + method, operands, null, condition));

    /// <summary>An update of running statistics, and the operation that looks whether it may be made.</summary>
    public void UpdateStatistics(Operand[] operands, Operand place)
    {
        statisticsChecks.Add(new Operation("TBackend.CheckRunningStatistics", [.. operands, place, "context.Verdict"], null));
        statisticsUpdates.Add(new Operation("TBackend.UpdateRunningStatistics", [.. operands, "context.Verdict"], null));
    }

    /// <summary>An operation that makes prepared weights.</summary>
    public void Prepare(string method, params Operand[] operands) => (Training ? Preparation : code.Preparation).Add(new Operation("TBackend." + method, operands, null));

    /// <summary>Weights in the order that kernels want: made at each step in training, once a weight version in inference.</summary>
    /// <param name="group">Whose weights.</param>
    /// <param name="suffix">Tells several of one group apart.</param>
    /// <param name="floats">How many.</param>
    /// <param name="make">Emits the preparation; called only where nobody has made the same before.</param>
    /// <param name="order">Tells orders of the same weights apart: an exposed part may meet an image in another one than the whole network.</param>
    public Storage Prepared(FusedGroup group, string suffix, long floats, Action<Storage> make, string order = "")
    {
        string name = code.IdentifierOf(group.Head) + suffix;
        if (Training)
        {
            Storage made = NewFixed(name, floats);
            make(made);
            return made;
        }

        // Parts of the network that share a layer share its prepared weights; with or without a folded batch norm they differ.
        string key = name + "|" + group.Norm?.Path + "|" + order;
        if (!code.Prepared.TryGetValue(key, out Storage storage))
        {
            storage = new Storage(name, Home.Prepared, floats);
            storage.Touch(0);
            storage.Touch(int.MaxValue);
            code.Prepared.Add(key, storage);
            make(storage);
        }

        return storage;
    }

    /// <summary>A parameter of the layer as an operand; None where it has no such parameter.</summary>
    public Operand Parameter(Node node, string name) => code.Parameter(node, name, gradient: false);

    /// <summary>Where a parameter's gradient goes; None where it is frozen or missing.</summary>
    public Operand ParameterGradient(Node node, string name) => node.IsTrainable ? code.Parameter(node, name, gradient: true) : Operand.None;

    /// <summary>Where a parameter lies in the flat buffer.</summary>
    public Operand PlaceOf(Node node, string name) => Literal.Int(code.OffsetOf(node, name));

    /// <summary>A value that generated code keeps in a field.</summary>
    public Operand Constant(string type, string name, string initializer) => code.Field(type, name, initializer);

    /// <summary>True where a gradient must reach or pass the layer: something trainable is in it or before it.</summary>
    public bool NeedsGradient(FusedGroup group)
    {
        if (!Training)
            return false;
        foreach (int input in group.Head.Inputs)
        {
            if (ValueOf(input).Gradient.IsNeeded)
                return true;
        }

        return group.Head.IsTrainable && group.Head.Parameters.Count > 0;
    }

    /// <summary>Says how a group's gradient goes on; <paramref name="emit"/> gets the gradient of the output and may overwrite it.</summary>
    public void OnBackward(FusedGroup group, Tensor y, Action<Storage> emit)
    {
        if (!Training || !y.Gradient.IsNeeded)
            return;
        string title = group.Title;
        adjoints.Add(() =>
        {
            if (y.Gradient.Storage is { } gradient)
            {
                comment = title;
                emit(gradient);
            }
        });
    }

    /// <summary>
    /// Writes a reader's part of a value's gradient: straight into it for the first reader, through a temporary that is added for later ones.
    /// Nothing happens where no gradient is needed.
    /// </summary>
    public void WriteGradient(Tensor x, Action<Storage> write)
    {
        if (!x.Gradient.IsNeeded)
            return;
        Storage target = NewSamples(x.Name + "Gradient", x.Layout.Count);
        write(target);
        AddGradient(x, target);
    }

    /// <summary>Like <see cref="WriteGradient"/> where the operation may work in place on the output's gradient, which is not read again.</summary>
    public void WriteGradientInPlace(Tensor x, Storage outputGradient, Action<Storage> write)
    {
        if (!x.Gradient.IsNeeded)
            return;
        write(outputGradient);
        AddGradient(x, outputGradient);
    }

    /// <summary>A gradient's operand as a view without halo; no view where the gradient is not needed.</summary>
    public static Operand GradientView(Storage? gradient, Tensor value) =>
        gradient is null ? Operand.NoView : Operand.View(gradient, value.Layout with { Halo = default });

    /// <summary>The gradient of an operation's optional result: a view to write, or none. The caller calls the operation once.</summary>
    public void WithGradient(Tensor x, Action<Storage?> write)
    {
        if (x.Gradient.IsNeeded)
            WriteGradient(x, write);
        else
            write(null);
    }

    /// <summary>A name for what belongs to a group.</summary>
    public string NameOf(FusedGroup group) => code.IdentifierOf(group.Head);

    private static bool IsImage(Tensor x) => x.Shape.Rank == 3 && x.Layout.Channels == x.Shape[0] && x.Layout.Height == x.Shape[1] && x.Layout.Width == x.Shape[2];

    private Halo HaloFor(Tensor x)
    {
        Halo halo = default;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && value.Storage == x.Storage)
                halo = Halo.Union(halo, demandedHalos[i]);
        }

        return halo;
    }

    private void AddGradient(Tensor x, Storage part)
    {
        if (x.Gradient.Storage is not { } sum)
        {
            x.Gradient.Storage = part;
            return;
        }

        Layout flat = Layout.Flat(x.Layout.Count);
        Call("Accumulate", Operand.View(part, flat), Operand.View(sum, flat), "batch");
    }

    private Tensor NewValue(FusedGroup group, Layout layout, bool needsGradient)
    {
        string name = code.IdentifierOf(group.Last);
        Tensor value = new(name, group.Last.Shape, layout, NewSamples(name, layout.Floats), needsGradient);
        SetOutput(group, value);
        return value;
    }

    private Tensor Convert(Tensor x, string name, Layout layout, Action<Tensor, Tensor> forward, Action<Storage, Storage, Layout> backward)
    {
        // Readers that want the same layout share one conversion.
        (Storage, Shape) key = (x.Storage, new Shape(layout.Channels, layout.Height, layout.Width, layout.Halo.GetHashCode()));
        if (conversions.TryGetValue(key, out Tensor known))
            return known.Shape == x.Shape ? known : known.Reinterpret(x.Name, x.Shape, layout);
        Tensor y = new(name, x.Shape, layout, NewSamples(name, layout.Floats), Training && x.Gradient.IsNeeded);
        forward(x, y);
        conversions.Add(key, y);
        if (Training && x.Gradient.IsNeeded)
        {
            adjoints.Add(() =>
            {
                if (y.Gradient.Storage is { } gradient)
                    WriteGradient(x, dx => backward(gradient, dx, x.Layout with { Halo = default }));
            });
        }

        return y;
    }

    private void Trace(FusedGroup group)
    {
        Tensor value = ValueOf(group.Last.Index);
        foreach (int input in group.Head.Inputs)
        {
            // A view is finite where what it views is.
            if (ValueOf(input).Storage == value.Storage)
                return;
        }

        Current.Add(new Operation("Trace", ["context", "\"" + group.Head.Path + "\"", Operand.View(value)], null, "context.IsTraced"));
    }

    private Storage Add(Storage storage)
    {
        Storages.Add(storage);
        return storage;
    }
}
