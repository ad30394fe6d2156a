using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Turns layers into operations: one instance for a forward pass with or without its backward pass. A layer's <c>Lower</c> asks for its inputs in
/// the layout that it wants, calls operations, and says what its gradient is.
/// </summary>
internal sealed class Lowering
{
    private readonly Network network;
    private readonly NodeNames names;
    private readonly ParameterTable parameters;
    private readonly PreparedWeights prepared;
    private readonly Halo[] demandedHalos;
    private readonly Tensor?[] values;
    private readonly Gradients gradients;
    private readonly Conversions conversions;
    private readonly List<Storage> storages = [];
    private readonly List<(ProgramPort Port, Tensor? Next)> carried = [];
    private int firstCarried = -1;

    // Most passes want few of these.
    private Storage? labels;
    private Storage? targets;
    private Storage? loss;
    private Storage? correct;
    private Storage? verdict;

    // Updates that are no gradients are looked at before anything is changed, and made after the optimizer, which has the last word on the step.
    private readonly List<Operation> statisticsChecks = [];
    private readonly List<Operation> statisticsUpdates = [];
    private readonly List<Action> inputTargets = [];
    private readonly List<(string Title, Action Add)> lossTerms = [];
    private List<Operation> current;
    private string? comment;

    public Lowering(Network network, NodeNames names, ParameterTable parameters, PreparedWeights prepared, Halo[] demandedHalos, bool training)
    {
        this.network = network;
        this.names = names;
        this.parameters = parameters;
        this.prepared = prepared;
        this.demandedHalos = demandedHalos;
        Training = training;
        values = new Tensor?[network.Nodes.Count];
        gradients = new Gradients(this);
        conversions = new Conversions(this, HaloFor);
        current = Forward;
    }

    /// <summary>True where a backward pass follows and layers behave as in training.</summary>
    public bool Training { get; }

    /// <summary>In training: a caller may ask for gradients at the inputs.</summary>
    public bool InputsHaveGradients { get; init; }

    /// <summary>Operations that make prepared weights for this pass.</summary>
    public List<Operation> Preparation { get; } = [];

    /// <summary>The forward pass.</summary>
    public List<Operation> Forward { get; } = [];

    /// <summary>In training the loss and its gradient at the main output.</summary>
    public List<Operation> Objective { get; } = [];

    /// <summary>In training, in place of the loss: the main output's gradient as the caller gives it.</summary>
    public List<Operation> GivenGradient { get; } = [];

    /// <summary>The backward pass.</summary>
    public List<Operation> Backward { get; } = [];

    /// <summary>Behind the backward pass of a loss: what the inputs' gradients are besides those through the network.</summary>
    public List<Operation> InputTargets { get; } = [];

    /// <summary>Behind both: what brings the inputs' gradients where the caller has them.</summary>
    public List<Operation> GivenInputGradients { get; } = [];

    /// <summary>Whether the step may be applied, and what it changes.</summary>
    public List<Operation> Updates { get; } = [];

    /// <summary>Every storage of the pass.</summary>
    public IReadOnlyList<Storage> Storages => storages;

    /// <summary>The caller's labels.</summary>
    public Operand Labels => Operand.Buffer(labels ??= new Storage("labels", Home.Labels, 0, ElementType.Int32) { IsWhole = true });

    /// <summary>The caller's targets.</summary>
    public Operand Targets => Operand.Buffer(targets ??= new Storage("targets", Home.Targets, 0) { IsWhole = true });

    /// <summary>Where the loss goes.</summary>
    public Operand Loss => Operand.Buffer(loss ??= new Storage("loss", Home.Loss, 1) { IsWhole = true });

    /// <summary>Where the number of labels that were met goes.</summary>
    public Operand Correct => Operand.Buffer(correct ??= new Storage("correct", Home.Correct, 1) { IsWhole = true });

    /// <summary>Whether the step may change anything.</summary>
    public Operand Verdict => Operand.Buffer(verdict ??= new Storage("verdict", Home.Verdict, StepOutcome.VerdictFloats) { IsWhole = true });

    /// <summary>Where all parameters lie, for an optimizer.</summary>
    public ParameterTable Parameters => parameters;

    // ---- Memory ----

    /// <summary>A storage that holds what does not depend on the batch, alive to the end of the pass.</summary>
    public Storage NewFixed(string name, long floats) => Add(new Storage(name, Home.Fixed, floats));

    /// <summary>A storage of so many floats a sample.</summary>
    public Storage NewSamples(string name, long floats) => Add(new Storage(name, Home.Samples, floats));

    /// <summary>A storage of so many int32 a sample.</summary>
    public Storage NewInts(string name, long count) => Add(new Storage(name, Home.Samples, count, ElementType.Int32));

    /// <summary>Weights in the order that kernels want: made at each step in training, once a weight version in inference.</summary>
    /// <param name="group">Whose weights.</param>
    /// <param name="suffix">Tells several of one group apart.</param>
    /// <param name="floats">How many.</param>
    /// <param name="make">Emits the preparation; called only where nobody has made the same before.</param>
    /// <param name="order">Tells orders of the same weights apart: an exposed part may meet an image in another one than the whole network.</param>
    public Storage Prepared(FusedGroup group, string suffix, long floats, Action<Storage> make, int order = 0)
    {
        string name = names[group.Head] + suffix;
        if (!Training)
        {
            // Parts of the network that share a layer share its prepared weights; with or without a folded batch norm they differ.
            return prepared.Of(name + "|" + group.Norm?.Path + "|" + order.ToString(System.Globalization.CultureInfo.InvariantCulture), name, floats, make);
        }

        Storage made = NewFixed(name, floats);
        make(made);
        return made;
    }

    /// <summary>A parameter of the layer; None where it has no such parameter.</summary>
    public Operand Parameter(Node node, string name) => parameters.ValuesOf(node, name);

    /// <summary>Where a parameter's gradient goes; None where it is frozen or missing.</summary>
    public Operand ParameterGradient(Node node, string name) => parameters.GradientOf(node, name);

    // ---- Values ----

    /// <summary>A network input.</summary>
    public void Input(Node node, int port)
    {
        Storage storage = new(names[node], Home.Input, node.Shape.Count, node.Layer.Gives) { Port = port };
        Tensor value = new(names[node], node.Shape, Layout.Flat(node.Shape.Count), storage, InputsHaveGradients && node.Layer.Gives == ElementType.Float32);
        values[node.Index] = value;
        if (node.Layer.IsSource)
        {
            comment = node.Path;
            Storage? lengths = IsStepwise ? null : PromptLengths ?? Layer.Of(node).LengthsOf(this, node, value);
            value.Lengths = lengths is not null ? new SequenceLengths(lengths, port, []) : null;
        }
    }

    // ---- State that is carried from one run to the next ----

    /// <summary>Layers go on from what the run before has left, at inputs from this one on.</summary>
    public void CarryFrom(int firstInput) => firstCarried = firstInput;

    /// <summary>What layers carry on, with what each leaves for the next run.</summary>
    public IEnumerable<(ProgramPort Port, Tensor Next)> CarriedStates
    {
        get
        {
            foreach ((ProgramPort port, Tensor? next) in carried)
                yield return (port, next ?? throw new InvalidOperationException($"{port.Name} is taken, but nothing is carried on."));
        }
    }

    /// <summary>
    /// A layer's state as the run before has left it, zeros at the first; null where runs have no state (each starts at zero). Who gets one says with
    /// <see cref="CarryOut"/> what becomes of it.
    /// </summary>
    /// <param name="group">The layer.</param>
    /// <param name="name">What it is: <c>Hidden</c>.</param>
    /// <param name="shape">Its shape for one sample.</param>
    public Tensor? CarriedIn(FusedGroup group, string name, Shape shape)
    {
        if (firstCarried < 0)
            return null;
        string full = names[group.Head] + name;
        Storage storage = new(full, Home.Input, shape.Count) { Port = firstCarried + carried.Count };
        carried.Add((new ProgramPort(full, shape), null));
        return new Tensor(full, shape, Layout.Flat(shape.Count), storage, needsGradient: false);
    }

    /// <summary>What the next run finds as that state.</summary>
    public void CarryOut(FusedGroup group, string name, Tensor next)
    {
        int index = carried.FindIndex(one => one.Port.Name == names[group.Head] + name);
        if (index >= 0)
            carried[index] = (carried[index].Port, next);
    }

    // ---- Step by step ----

    /// <summary>
    /// The network is <see cref="SingleSteps.Of"/> one of so many steps: each run is one, and layers that look at earlier ones keep what they want of them. 0: it is the whole.
    /// </summary>
    public int ContextSteps { get; set; }

    /// <summary>Each run is one step.</summary>
    public bool IsStepwise => ContextSteps > 0;

    /// <summary>Of a run over a prompt, which leaves what runs of single steps go on from: how many of its steps each sample has. Null: it is none.</summary>
    public Storage? PromptLengths { get; set; }

    /// <summary>Some layer wants the number of the step, of which there are only <see cref="ContextSteps"/>.</summary>
    public bool UsesPosition { get; private set; }

    /// <summary>What layers keep, in the order of their first use.</summary>
    public List<ProgramPort> Kept { get; } = [];

    /// <summary>The number of the step that a run is.</summary>
    public Operand StepPosition
    {
        get
        {
            UsesPosition = true;
            return Operand.Position;
        }
    }

    /// <summary>The row for the step that a run is, of a table that has one for each.</summary>
    public Operand RowOfStep(Operand table, int features)
    {
        UsesPosition = true;
        return table.RowOfStep(features);
    }

    /// <summary>Memory for each sample that a layer finds as it has left it.</summary>
    /// <param name="group">The layer.</param>
    /// <param name="name">What it is: <c>Cache</c>.</param>
    /// <param name="shape">Its shape for one sample.</param>
    public Storage Keep(FusedGroup group, string name, Shape shape)
    {
        Storage storage = new(names[group.Head] + name, Home.Kept, shape.Count) { Port = Kept.Count };
        Kept.Add(new ProgramPort(storage.Name, shape));
        return storage;
    }

    /// <summary>True once a node has a value.</summary>
    public bool Has(int node) => values[node] is not null;

    /// <summary>The value that a node gave.</summary>
    public Tensor ValueOf(int node) => values[node] ?? throw new InvalidOperationException($"{network.Nodes[node].Path} was not lowered.");

    /// <summary>A layer's input number i as it comes.</summary>
    public Tensor InputOf(FusedGroup group, int i = 0) => ValueOf(group.Head.Inputs[i]);

    /// <summary>The lengths of a layer's input number i as an operand; None where every sample has all steps. Only for a layer that says it looks at them.</summary>
    /// <exception cref="InvalidOperationException">The layer takes none.</exception>
    public Operand LengthsOf(FusedGroup group, int i = 0) => group.Head.Layer.LengthsIn(group.Head) == Lengths.Ended
        ? throw new InvalidOperationException($"{group.Head.Layer.Name} takes no lengths.")
        : Operand.BufferOrNone(InputOf(group, i).Lengths?.Storage);

    /// <summary>True where the current output that reaches a layer has samples of unequal length.</summary>
    public bool HasLengths(Node node) => ValueOf(node.Inputs[0]).Lengths is not null;

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
    public Tensor Plain(Tensor x) => conversions.Plain(x);

    /// <summary>A tensor of shape C×H×W as a channels-last image. Its halo is what its maker was asked for, or none.</summary>
    public Tensor Image(Tensor x) => conversions.Image(x);

    /// <summary>A vector or sequence as an image of one row, features as channels: as it lies.</summary>
    public Tensor Steps(Tensor x)
    {
        Tensor plain = Plain(Contiguous(x));
        int features = plain.Shape.Last;
        return plain.Reinterpret(plain.Name, plain.Shape, Layout.Image(features, 1, (int)(plain.Shape.Count / features)));
    }

    /// <summary>A sequence as <see cref="Steps"/>, with a value in place of the steps that are not a sample's own.</summary>
    public Tensor OwnSteps(Tensor x, float beyond) => x.Lengths is { } lengths ? conversions.OwnSteps(Steps(x), lengths.Storage, beyond) : Steps(x);

    /// <summary>Sets the steps of a sequence that are not a sample's own to zero, in place; what looks at them all the same has no gradient there.</summary>
    public void ClearBeyond(Tensor x)
    {
        if (x.Lengths is not { } lengths)
            return;
        Clear(x.Storage);
        OnBackward(x, Clear);

        void Clear(Storage steps) =>
            Call(Operations.MaskSteps, Operand.Buffer(steps), Operand.Buffer(lengths.Storage), 0.0, Operand.Buffer(steps), x.Shape[0], x.Shape[1], Operand.Batch);
    }

    /// <summary>What a window over steps makes of the lengths of a layer's input; null where every sample has all steps.</summary>
    public SequenceLengths? MappedLengths(FusedGroup group, LengthMap map)
    {
        return InputOf(group).Lengths is { } lengths ? MappedLengths(lengths, map, names[group.Last] + "Lengths") : null;
    }

    /// <summary>Lengths that another pass has found, made again of the input's ids.</summary>
    public SequenceLengths LengthsAgain(SequenceLengths known)
    {
        SequenceLengths lengths = ValueOf(network.Inputs[known.Input]).Lengths ?? throw new InvalidOperationException($"Input {known.Input} has no lengths.");
        foreach (LengthMap map in known.Maps)
            lengths = MappedLengths(lengths, map, "mapped" + (lengths.Maps.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + "Lengths");
        return lengths;
    }

    /// <summary>The tensor without a halo, in whatever order it has.</summary>
    public Tensor Contiguous(Tensor x) => conversions.Contiguous(x);

    // ---- Batches ----

    /// <summary>Why a training batch needs two samples, as far as it is known only now; null where it does not.</summary>
    public string? WhyTwoSamples { get; private set; }

    /// <summary>A training batch needs two samples; the first reason counts.</summary>
    public void WantTwoSamples(string reason) => WhyTwoSamples ??= reason;

    // ---- Operations ----

    /// <summary>Runs a group's lowering.</summary>
    public void Lower(FusedGroup group)
    {
        current = Forward;
        comment = string.Concat(group.Title, ": ", group.Last.Shape.ToString());
        Layer.Of(group.Head).Lower(this, group);
        PassLengths(group);
        if (Training)
            Trace(group);
    }

    /// <summary>The loss comes next.</summary>
    public void StartLoss(string title)
    {
        current = Training ? Objective : Forward;
        comment = title;
    }

    /// <summary>A layer adds a term of its own to the loss, once that is there; its gradient is in that of the layer.</summary>
    /// <param name="group">The layer.</param>
    /// <param name="add">Calls the operation.</param>
    public void AddToLoss(FusedGroup group, Action add) => lossTerms.Add((group.Title, add));

    /// <summary>The terms that layers add to the loss come next.</summary>
    public void LowerLossTerms()
    {
        foreach ((string title, Action add) in lossTerms)
        {
            comment = title;
            add();
        }
    }

    /// <summary>What the caller gives as the main output's gradient comes next, where anything wants it.</summary>
    public void LowerGivenGradient(Tensor output)
    {
        if (output.Gradient.Storage is not { } gradient)
            return;
        current = GivenGradient;
        Storage given = new("outputGradient", Home.OutputGradient, output.Layout.Count);
        Call(Operations.Copy, Operand.View(given, output.Layout), Operand.View(gradient, output.Layout), Operand.Batch);
    }

    /// <summary>Emits the backward pass, last layer first.</summary>
    public void LowerBackward()
    {
        current = Backward;
        gradients.Emit();
    }

    /// <summary>A loss against an input adds to that input's gradient, behind the backward pass.</summary>
    /// <param name="input">The input.</param>
    /// <param name="write">Writes what is added.</param>
    public void AddInputGradient(Tensor input, Action<Storage> write) => inputTargets.Add(() => gradients.Write(input, write));

    /// <summary>What belongs behind the backward pass of a loss alone.</summary>
    public void LowerInputTargets()
    {
        current = InputTargets;
        foreach (Action add in inputTargets)
            add();
    }

    /// <summary>Brings the gradients of the inputs where the caller has them.</summary>
    public void LowerInputGradients()
    {
        current = GivenInputGradients;
        for (int i = 0; i < network.Inputs.Count; i++)
            InputGradients.Bind(this, ValueOf(network.Inputs[i]), i);
    }

    /// <summary>The optimizer comes next; where there is nothing to train, only what a step checks.</summary>
    public void LowerUpdate(string title, Action optimizer)
    {
        current = Updates;
        comment = title;
        Call(Operations.CheckGradients, Operand.Buffer(parameters.Gradients), parameters.TrainedFloats, Loss, Verdict, Operand.StepFromOne);
        Updates.AddRange(statisticsChecks);
        if (parameters.TrainedFloats > 0)
            optimizer();
        Updates.AddRange(statisticsUpdates);
    }

    /// <summary>Calls an operation in the pass that is being lowered.</summary>
    public void Call(Signature operation, params Operand[] operands)
    {
        current.Add(new Operation(operation, operands, comment));
        comment = null;
    }

    /// <summary>Calls an operation that happens only sometimes.</summary>
    public void CallWhen(Condition condition, Signature operation, params Operand[] operands) => current.Add(new Operation(operation, operands, null, condition));

    /// <summary>An update of running statistics, and the operation that looks whether it may be made.</summary>
    /// <param name="operands">What both take.</param>
    /// <param name="place">Where the running mean lies in the flat buffer.</param>
    public void UpdateStatistics(Operand[] operands, long place)
    {
        statisticsChecks.Add(new Operation(Operations.CheckRunningStatistics, [.. operands, place, Verdict], null));
        statisticsUpdates.Add(new Operation(Operations.UpdateRunningStatistics, [.. operands, Verdict], null));
    }

    /// <summary>Calls an operation that makes prepared weights.</summary>
    public void Prepare(Signature operation, params Operand[] operands) => (Training ? Preparation : prepared.Operations).Add(new Operation(operation, operands, null));

    // ---- Gradients ----

    /// <summary>True where a gradient must reach or pass the layer: something trainable is in it or before it, or an input whose gradient a caller may ask for.</summary>
    public bool NeedsGradient(FusedGroup group) => NeedsGradient(group.Head);

    /// <inheritdoc cref="NeedsGradient(FusedGroup)"/>
    public bool NeedsGradient(Node head)
    {
        if (!Training)
            return false;
        foreach (int input in head.Inputs)
        {
            if (ValueOf(input).Gradient.IsNeeded)
                return true;
        }

        return head.IsTrainable && head.Parameters.Count > 0;
    }

    /// <summary>Says how a group's gradient goes on; <paramref name="emit"/> gets the gradient of the output and may overwrite it.</summary>
    public void OnBackward(FusedGroup group, Tensor y, Action<Storage> emit)
    {
        if (!Training || !y.Gradient.IsNeeded)
            return;
        string title = group.Title;
        gradients.OnBackward(y, gradient =>
        {
            comment = title;
            emit(gradient);
        });
    }

    /// <summary>Says how the gradient of a value that no layer made goes on.</summary>
    public void OnBackward(Tensor y, Action<Storage> emit) => gradients.OnBackward(y, emit);

    /// <inheritdoc cref="Gradients.Write"/>
    public void WriteGradient(Tensor x, Action<Storage> write) => gradients.Write(x, write);

    /// <inheritdoc cref="Gradients.WriteInPlace"/>
    public void WriteGradientInPlace(Tensor x, Storage outputGradient, Action<Storage> write) => gradients.WriteInPlace(x, outputGradient, write);

    /// <summary>The gradient of an operation's optional result: a storage to write, or null where it is not needed. The caller calls the operation once.</summary>
    public void WithGradient(Tensor x, Action<Storage?> write)
    {
        if (x.Gradient.IsNeeded)
            WriteGradient(x, write);
        else
            write(null);
    }

    /// <summary>A gradient's operand as a view without halo; None where the gradient is not needed.</summary>
    public static Operand GradientView(Storage? gradient, Tensor value) =>
        gradient is null ? Operand.None : Operand.View(gradient, value.Layout with { Halo = default });

    /// <summary>A name for what belongs to a group.</summary>
    public string NameOf(FusedGroup group) => names[group.Head];

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

    /// <summary>
    /// A value has the lengths of the current output, or those that the head has made of them, where every layer of the group passes them on, and its directions where every one
    /// keeps them.
    /// </summary>
    private void PassLengths(FusedGroup group)
    {
        Tensor value = ValueOf(group.Last.Index);
        if (InputOf(group).IsBidirectional && group.Head.Layer.KeepsFeatures && group.Riders.All(rider => rider.Node.Layer.KeepsFeatures))
            value.IsBidirectional = true;
        Lengths kind = group.Head.Layer.LengthsIn(group.Head);
        SequenceLengths? lengths = kind == Lengths.Mapped ? value.Lengths : InputOf(group).Lengths;
        if (lengths is null || kind is not (Lengths.Passed or Lengths.Mapped))
            return;
        value.Lengths = group.Riders.All(rider => rider.Node.Layer.LengthsIn(rider.Node) == Lengths.Passed) ? lengths : null;
    }

    private SequenceLengths MappedLengths(SequenceLengths lengths, LengthMap map, string name)
    {
        Storage mapped = NewInts(name, 1);
        Call(Operations.WindowLengths, Operand.Of(map), Operand.Buffer(lengths.Storage), Operand.Buffer(mapped), Operand.Batch);
        return new SequenceLengths(mapped, lengths.Input, [.. lengths.Maps, map]);
    }

    private Tensor NewValue(FusedGroup group, Layout layout, bool needsGradient)
    {
        string name = names[group.Last];
        Tensor value = new(name, group.Last.Shape, layout, NewSamples(name, layout.Floats), needsGradient);
        SetOutput(group, value);
        return value;
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

        CallWhen(Condition.WhenTraced, Operations.Trace, Operand.Context, Operand.Layer(group.Head.Path), Operand.View(value));
    }

    private Storage Add(Storage storage)
    {
        storages.Add(storage);
        return storage;
    }
}
