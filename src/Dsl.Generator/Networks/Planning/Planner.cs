using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Makes a program of a checked network: lowers every entry point and gives each its memory.</summary>
internal sealed class Planner
{
    private readonly Network network;
    private readonly NodeNames names;
    private readonly ParameterTable parameters;
    private readonly PreparedWeights prepared = new();
    private readonly Halo[] demandedHalos;
    private readonly List<ProgramPort> inputs;
    private readonly List<ProgramPort> outputs;
    private SequenceLengths? mainLengths;
    private string? whyTwoSamples;
    private string? whyNoInputGradients;

    private Planner(Network network)
    {
        this.network = network;
        names = new NodeNames(network);
        parameters = new ParameterTable(network);
        demandedHalos = HaloDemand.Of(network.Nodes);
        inputs = PortsOfInputs();
        outputs = [new(network.Nodes[network.Main].Name, network.OutputShape)];
        foreach (NetworkOutput output in network.Outputs)
            outputs.Add(new(output.Name, network.Nodes[output.Node].Shape));
    }

    /// <summary>Plans the same network a step at a time, on the same parameters and prepared weights.</summary>
    private Planner(Planner whole)
    {
        network = SingleSteps.Of(whole.network);
        names = whole.names;
        parameters = whole.parameters;
        prepared = whole.prepared;
        demandedHalos = whole.demandedHalos;
        inputs = PortsOfInputs();
        outputs = [new(network.Nodes[network.Main].Name, network.OutputShape)];
    }

    /// <summary>The program of a network without errors, verified.</summary>
    /// <exception cref="InvalidOperationException">The planner broke a rule of programs.</exception>
    public static Program Plan(Network network)
    {
        Program program = new Planner(network).Plan();
        IReadOnlyList<string> violations = Verifier.Verify(program);
        return violations.Count == 0 ? program : throw new InvalidOperationException(string.Join("; ", violations));
    }

    private Program Plan()
    {
        Loss? loss = network.Loss?.Construct as Loss;
        Optimizer? optimizer = network.Optimizer?.Construct as Optimizer;
        List<EntryPoint> entries = [new("Predict", EntryKind.Predict, LowerInference(), inputs, outputs)];
        foreach (Exposure exposure in network.Exposures)
        {
            Node cut = network.Nodes[exposure.Node];
            entries.Add(new(exposure.UpTo, EntryKind.Part, LowerPart(cut, onward: false), inputs, [new(exposure.UpTo, cut.Shape)]));
            if (exposure.Onward is { } onward)
                entries.Add(new(onward, EntryKind.Part, LowerPart(cut, onward: true), [new(onward, cut.Shape)], [new(onward, network.OutputShape)]));
        }

        if (network.Nodes.Any(node => Layer.Of(node).Carries(node)))
            entries.Add(LowerStep("Step", EntryKind.Step, 0));
        if (SingleSteps.Fit(network))
        {
            if (SingleSteps.Keeping(network) is { Count: > 0 } keeping)
                entries.Add(LowerPrompt(keeping));
            entries.Add(new Planner(this).LowerStep("Next", EntryKind.Next, network.OutputShape[0]));
        }

        if (loss is not null)
        {
            entries.Add(LowerLoss(loss));
            if (loss.HasProbabilities)
                entries.Add(new("Probabilities", EntryKind.Probabilities, LowerProbabilities(loss), inputs, outputs));
            entries.AddRange(LowerTraining(loss, optimizer));
        }

        return new Program
        {
            Network = network,
            Inputs = inputs,
            Outputs = outputs,
            Parameters = parameters,
            Preparation = new Stage("Prepare", HeldWeights.HandOver(prepared.Operations, entries)),
            Prepared = prepared.Storages,
            PreparedFloats = MemoryPlan.Place(prepared.Storages, Home.Prepared),
            EntryPoints = entries,
            Target = loss?.TargetOf(network),
            WhyTwoSamples = LayerThatWantsTwoSamples() ?? whyTwoSamples,
            TargetLengths = loss is not null && network.OutputShape.Rank == 2 ? mainLengths : null,
            WhyNoInputGradients = loss is null ? null : whyNoInputGradients,
            Optimizer = optimizer is null ? null : new OptimizerTable(optimizer.Name, optimizer.State(network.Optimizer!), Optimizer.LearningRate(network)),
            Schedule = loss is not null && optimizer is not null && network.Schedule is { } schedule ? ((Schedule)schedule.Construct).CallOf(schedule) : null,
        };
    }

    private string? LayerThatWantsTwoSamples()
    {
        foreach (Node node in network.Nodes)
        {
            if (node.IsTrainable && node.Layer.WhyTwoSamples(node) is { } why)
                return node.Path + " " + why;
        }

        return null;
    }

    private Lowering Start() => new(network, names, parameters, prepared, demandedHalos, training: false);

    private Pass LowerInference()
    {
        List<int> kept = [network.Main];
        foreach (NetworkOutput output in network.Outputs)
            kept.Add(output.Node);
        Lowering lowering = Start();
        BindInputs(lowering);
        LowerNodes(lowering, Reaching(kept, -1), kept);
        for (int i = 0; i < kept.Count; i++)
            BindOutput(lowering, lowering.ValueOf(kept[i]), i);
        mainLengths = lowering.ValueOf(network.Main).Lengths;
        return Inference(lowering);
    }

    /// <summary>The forward pass whose layers go on from the state of the run before, and leave theirs.</summary>
    private EntryPoint LowerStep(string name, EntryKind kind, int contextSteps)
    {
        List<int> kept = [network.Main];
        Lowering lowering = Start();
        lowering.ContextSteps = contextSteps;
        lowering.CarryFrom(inputs.Count);
        BindInputs(lowering);
        LowerNodes(lowering, Reaching(kept, -1), kept);
        BindOutput(lowering, lowering.ValueOf(network.Main), 0);
        return Carrying(lowering, name, kind, inputs, [outputs[0]]) with { Context = lowering.UsesPosition ? contextSteps : 0 };
    }

    /// <summary>The layers that keep something, over the steps of a prompt at once: what they leave, runs of single steps find.</summary>
    private EntryPoint LowerPrompt(List<int> keeping)
    {
        ProgramPort length = new("Length", new Shape(1), ElementType.Int32, network.OutputShape[0] + 1);
        Lowering lowering = Start();
        lowering.PromptLengths = new Storage("length", Home.Input, 1, ElementType.Int32) { Port = inputs.Count };
        lowering.CarryFrom(inputs.Count + 1);
        BindInputs(lowering);
        LowerNodes(lowering, Reaching(keeping, -1), keeping);
        return Carrying(lowering, "Prompt", EntryKind.Prompt, [.. inputs, length], []);
    }

    /// <summary>An entry point whose further ports are what its layers carry.</summary>
    private static EntryPoint Carrying(Lowering lowering, string name, EntryKind kind, List<ProgramPort> reads, List<ProgramPort> gives)
    {
        List<ProgramPort> carriedPorts = [];
        List<Carry> carried = [];
        foreach ((ProgramPort state, Tensor next) in lowering.CarriedStates)
        {
            carried.Add(new(reads.Count + carriedPorts.Count, gives.Count + carriedPorts.Count));
            BindOutput(lowering, next, gives.Count + carriedPorts.Count);
            carriedPorts.Add(state);
        }

        return new EntryPoint(name, kind, Inference(lowering), [.. reads, .. carriedPorts], [.. gives, .. carriedPorts]) { Carried = carried, Kept = lowering.Kept };
    }

    private Pass LowerPart(Node cut, bool onward)
    {
        int target = onward ? network.Main : cut.Index;
        List<int> kept = [target];
        Lowering lowering = Start();
        if (onward)
            lowering.Input(cut, 0);
        else
            BindInputs(lowering);
        LowerNodes(lowering, Reaching(kept, onward ? cut.Index : -1), kept);
        BindOutput(lowering, lowering.ValueOf(target), 0);
        return Inference(lowering);
    }

    /// <summary>The loss of what the forward pass has left; where layers add terms of their own, of values that it does not leave, forward pass and loss in one.</summary>
    private EntryPoint LowerLoss(Loss loss)
    {
        List<int> kept = [network.Main];
        bool[] reaching = Reaching(kept, -1);
        bool includesForward = network.Nodes.Any(node => reaching[node.Index] && Layer.Of(node).AddsToLoss(node));
        Lowering lowering = Start();
        BindInputs(lowering);
        if (includesForward)
        {
            LowerNodes(lowering, reaching, kept);
            BindOutput(lowering, lowering.ValueOf(network.Main), 0);
        }

        lowering.StartLoss(loss.Name);
        Tensor output = MainOutput();
        if (includesForward)
            output.Lengths = lowering.ValueOf(network.Main).Lengths;
        else if (loss.TakesTargets && mainLengths is { } lengths)
            output.Lengths = lowering.LengthsAgain(lengths);
        loss.Lower(lowering, network, output);
        lowering.LowerLossTerms();
        return new("Loss", EntryKind.Loss, Inference(lowering), inputs, outputs) { IncludesForward = includesForward };
    }

    private Pass LowerProbabilities(Loss loss)
    {
        Lowering lowering = Start();
        loss.LowerProbabilities(lowering, network, MainOutput());
        return Inference(lowering);
    }

    /// <summary>The training pass, once, and the entry points that go through stages of it: a whole step, or its gradients and their application apart.</summary>
    private List<EntryPoint> LowerTraining(Loss loss, Optimizer? optimizer)
    {
        List<int> kept = [network.Main];
        whyNoInputGradients = InputGradients.WhyNone(network);
        bool inputsHaveGradients = whyNoInputGradients is null && InputGradients.AreThere(network);
        Lowering lowering = new(network, names, parameters, prepared, demandedHalos, training: true) { InputsHaveGradients = inputsHaveGradients };
        BindInputs(lowering);
        LowerNodes(lowering, Reaching(kept, -1), kept);
        Tensor main = lowering.ValueOf(network.Main);
        Tensor output = lowering.Plain(main);
        output.Lengths = main.Lengths;
        lowering.StartLoss(loss.Name);
        loss.Lower(lowering, network, output);
        lowering.LowerLossTerms();
        lowering.LowerGivenGradient(output);
        lowering.LowerBackward();
        if (optimizer is not null)
            lowering.LowerUpdate(optimizer.Name, () => optimizer.Lower(lowering, network.Optimizer!));
        if (inputsHaveGradients)
            lowering.LowerInputTargets();
        whyTwoSamples = lowering.WhyTwoSamples;
        Stage prepare = new("PrepareStep", lowering.Preparation);
        Stage forward = new("Forward", lowering.Forward);
        Stage objective = new("ForwardLoss", lowering.Objective);
        Stage given = new("TakeGradient", lowering.GivenGradient);
        Stage backward = new("Backward", lowering.Backward);
        Stage targets = new("BackwardTargets", lowering.InputTargets);
        Stage give = new("GiveGradients", lowering.GivenInputGradients);
        Stage update = new("Update", lowering.Updates);
        Stage[] stages = [prepare, forward, objective, given, backward, targets, give, update];
        if (inputsHaveGradients)
        {
            InputGradients.Mark([prepare, forward, objective, given, backward, give, update], targets, lowering.Storages);
            lowering.LowerInputGradients();
        }

        Pass pass = new(stages, lowering.Storages);
        List<EntryPoint> entries = [];
        if (optimizer is not null)
            Add(EntryKind.TrainStep, prepare, forward, objective, backward, update);
        Add(EntryKind.GradientsFrom, prepare, forward, given, backward, give);
        Add(EntryKind.Gradients, prepare, forward, objective, backward, targets, give);
        if (optimizer is not null)
            Add(EntryKind.Apply, update);
        return entries;

        void Add(EntryKind kind, params Stage[] own) => entries.Add(new(kind.ToString(), kind, pass, inputs, outputs) { Stages = own });
    }

    private static Pass Inference(Lowering lowering) => new([new Stage("", lowering.Forward)], lowering.Storages);

    /// <summary>The main output as the caller has it after inference.</summary>
    private Tensor MainOutput()
    {
        Node main = network.Nodes[network.Main];
        Storage output = new(names[main], Home.Output, main.Shape.Count);
        return new Tensor(names[main], main.Shape, Layout.Flat(main.Shape.Count), output, needsGradient: false);
    }

    private void LowerNodes(Lowering lowering, bool[] included, List<int> kept)
    {
        Fusion fusion = new(network, lowering.Training, included, kept);
        bool[] done = new bool[network.Nodes.Count];
        foreach (Node node in network.Nodes)
        {
            if (!included[node.Index] || done[node.Index] || node.Layer.IsSource || lowering.Has(node.Index))
                continue;
            FusedGroup group = fusion.GroupOf(node, lowering.HasLengths(node), lowering.NeedsGradient(node));
            for (int i = 0; i < group.Riders.Count; i++)
                done[group.Riders[i].Node.Index] = true;
            lowering.Lower(group);
        }
    }

    private void BindInputs(Lowering lowering)
    {
        for (int i = 0; i < network.Inputs.Count; i++)
            lowering.Input(network.Nodes[network.Inputs[i]], i);
    }

    private List<ProgramPort> PortsOfInputs()
    {
        List<ProgramPort> ports = [];
        foreach (int index in network.Inputs)
        {
            Node source = network.Nodes[index];
            ports.Add(new(source.Name, source.Shape, source.Layer.Gives, source.Ids.Vocabulary));
        }

        return ports;
    }

    private static void BindOutput(Lowering lowering, Tensor given, int port)
    {
        Tensor value = lowering.Plain(lowering.Contiguous(given));

        // The last operation writes straight into the caller's memory where its result is nothing else's already.
        if (value.Storage.Home == Home.Samples && value.Storage.Count == value.Layout.Count)
        {
            value.Storage.Home = Home.Output;
            value.Storage.Port = port;
            return;
        }

        Storage output = new(value.Name + "Output", Home.Output, value.Layout.Count) { Port = port };
        lowering.Call(Operations.Copy, Operand.View(value), Operand.View(output, value.Layout), Operand.Batch);
    }

    /// <summary>The nodes that the kept ones need, stopping at a cut.</summary>
    private bool[] Reaching(List<int> kept, int cut)
    {
        bool[] included = new bool[network.Nodes.Count];
        Stack<int> open = new(kept);
        while (open.Count > 0)
        {
            int node = open.Pop();
            if (included[node])
                continue;
            included[node] = true;
            if (node == cut)
                continue;
            foreach (int input in network.Nodes[node].Inputs)
                open.Push(input);
        }

        return included;
    }
}
