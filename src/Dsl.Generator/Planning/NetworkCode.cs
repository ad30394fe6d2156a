using System;
using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Layers;

namespace Dsl.Generator.Planning;

/// <summary>A parameter and where it lies in the flat buffer.</summary>
internal sealed record PlacedParameter(Node Node, ParameterSpec Spec, long Offset, bool IsTrained)
{
    public string Name => Node.Path + "." + Spec.Name;
}

/// <summary>An exposed part: from the inputs or a cut to a cut or the main output.</summary>
internal sealed record ExposedPart(string Name, bool IsOnward, Node Cut, Pass Pass);

/// <summary>
/// A checked network as operations and memory: what the emitter prints. Trained parameters come first in the flat buffer, so that the optimizer
/// makes one pass over one run of floats; frozen ones and running statistics follow.
/// </summary>
internal sealed class NetworkCode
{
    private readonly Dictionary<(int Node, string Name), PlacedParameter> parameters = [];
    private readonly Dictionary<string, string> fieldNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedFields = new(StringComparer.Ordinal);
    private readonly string[] identifiers;
    private readonly Halo[] demandedHalos;

    public NetworkCode(Network network)
    {
        Network = network;
        identifiers = Identifiers(network);
        demandedHalos = HaloDemand.Of(network.Nodes);
        PlaceParameters();
        Inference = LowerInference();
        foreach (Exposure exposure in network.Exposures)
        {
            Parts.Add(LowerPart(exposure.UpTo, network.Nodes[exposure.Node], onward: false));
            if (exposure.Onward is { } onward)
                Parts.Add(LowerPart(onward, network.Nodes[exposure.Node], onward: true));
        }

        List<Storage> prepared = [.. Prepared.Values];
        PreparedFloats = MemoryPlan.Place(prepared, Home.Prepared);
        Loss = network.Loss?.Construct as Losses.Loss;
        if (Loss is not null)
            InferenceLoss = LowerInferenceLoss(Loss);
        if (Loss is not null && network.Optimizer is not null)
            Training = LowerTraining(Loss);
    }

    public Network Network { get; }

    /// <summary>Every parameter in declared order.</summary>
    public List<PlacedParameter> Parameters { get; } = [];

    /// <summary>Floats of the flat buffer.</summary>
    public long ParameterFloats { get; private set; }

    /// <summary>Floats at its start that are trained.</summary>
    public long TrainedFloats { get; private set; }

    /// <summary>Weights prepared for inference, by layer and what is folded in.</summary>
    public Dictionary<string, Storage> Prepared { get; } = new(StringComparer.Ordinal);

    /// <summary>What makes them.</summary>
    public List<Operation> Preparation { get; } = [];

    public long PreparedFloats { get; }

    /// <summary>Fields of the generated program: type, name, initializer.</summary>
    public List<(string Type, string Name, string Initializer)> Fields { get; } = [];

    public Losses.Loss? Loss { get; }

    public Pass Inference { get; }

    public Pass? InferenceLoss { get; }

    public Pass? Training { get; }

    public List<ExposedPart> Parts { get; } = [];

    /// <summary>A unique C# identifier in camelCase, without a keyword's danger as it gets a suffix wherever it is used.</summary>
    public string IdentifierOf(Node node) => identifiers[node.Index];

    /// <summary>A parameter's place as an operand, or None where the layer has none of that name.</summary>
    public Operand Parameter(Node node, string name, bool gradient) => parameters.TryGetValue((node.Index, name), out PlacedParameter placed)
        ? $"{(gradient ? "Gradients" : "Parameters")} + {Literal.Int(placed.Offset)}"
        : Operand.None;

    /// <summary>Where a parameter lies in the flat buffer.</summary>
    public long OffsetOf(Node node, string name) => parameters[(node.Index, name)].Offset;

    /// <summary>A field that holds a constant of the program; equal constants share one.</summary>
    public string Field(string type, string name, string initializer)
    {
        type = "global::Dsl.Runtime." + type;
        string key = type + initializer;
        if (fieldNames.TryGetValue(key, out string known))
            return known;
        string unique = name;
        for (int i = 2; !usedFields.Add(unique); i++)
            unique = name + Literal.Int(i);
        fieldNames.Add(key, unique);
        Fields.Add((type, unique, initializer));
        return unique;
    }

    private static string[] Identifiers(Network network)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        string[] identifiers = new string[network.Nodes.Count];
        foreach (Node node in network.Nodes)
        {
            string name = char.ToLowerInvariant(node.Path[0]) + node.Path.Substring(1).Replace('.', '_');
            string unique = name;
            for (int i = 2; !used.Add(unique); i++)
                unique = name + "_" + Literal.Int(i);
            identifiers[node.Index] = unique;
        }

        return identifiers;
    }

    private void PlaceParameters()
    {
        long offset = 0;
        foreach (bool trained in new[] { true, false })
        {
            foreach (Node node in Network.Nodes)
            {
                foreach (ParameterSpec spec in node.Parameters)
                {
                    if ((node.IsTrainable && !spec.IsBuffer) != trained)
                        continue;
                    parameters.Add((node.Index, spec.Name), new PlacedParameter(node, spec, offset, trained));
                    offset += spec.Shape.Count;
                }
            }

            // Frozen values start on a cache line of their own.
            if (trained)
            {
                TrainedFloats = offset;
                offset = MemoryPlan.Round(offset);
            }
        }

        ParameterFloats = offset;
        foreach (Node node in Network.Nodes)
        {
            foreach (ParameterSpec spec in node.Parameters)
                Parameters.Add(parameters[(node.Index, spec.Name)]);
        }
    }

    private Pass LowerInference()
    {
        List<int> kept = [Network.Main];
        foreach (NetworkOutput output in Network.Outputs)
            kept.Add(output.Node);
        bool[] included = Reaching(kept, -1);
        Lowering lowering = new(this, Network, training: false, demandedHalos);
        BindInputs(lowering);
        LowerNodes(lowering, included, kept);
        for (int i = 0; i < kept.Count; i++)
            BindOutput(lowering, kept[i], i);
        return PassOf(lowering);
    }

    private ExposedPart LowerPart(string name, Node cut, bool onward)
    {
        int target = onward ? Network.Main : cut.Index;
        List<int> kept = [target];
        bool[] included = Reaching(kept, onward ? cut.Index : -1);
        Lowering lowering = new(this, Network, training: false, demandedHalos);
        if (onward)
            lowering.Input(cut, 0);
        else
            BindInputs(lowering);
        LowerNodes(lowering, included, kept);
        BindOutput(lowering, target, 0);
        return new ExposedPart(name, onward, cut, PassOf(lowering));
    }

    private Pass LowerInferenceLoss(Losses.Loss loss)
    {
        Lowering lowering = new(this, Network, training: false, demandedHalos);
        BindInputs(lowering);
        Node main = Network.Nodes[Network.Main];
        Storage output = new(IdentifierOf(main), Home.Output, main.Shape.Count);
        lowering.StartLoss(loss.Name);
        loss.Lower(lowering, Network, new Tensor(IdentifierOf(main), main.Shape, Layout.Flat(main.Shape.Count), output, needsGradient: false));
        return PassOf(lowering);
    }

    private Pass LowerTraining(Losses.Loss loss)
    {
        List<int> kept = [Network.Main];
        bool[] included = Reaching(kept, -1);
        Lowering lowering = new(this, Network, training: true, demandedHalos);
        BindInputs(lowering);
        LowerNodes(lowering, included, kept);
        lowering.StartLoss(loss.Name);
        loss.Lower(lowering, Network, lowering.Plain(lowering.ValueOf(Network.Main)));
        lowering.LowerBackward();
        var optimizer = (Optimizers.Optimizer)Network.Optimizer!.Construct;
        lowering.LowerUpdate(optimizer.Name, TrainedFloats, () => optimizer.Lower(lowering, Network.Optimizer, TrainedFloats));
        return PassOf(lowering);
    }

    private void LowerNodes(Lowering lowering, bool[] included, List<int> kept)
    {
        Fusion fusion = new(Network, lowering.Training, included, kept);
        bool[] done = new bool[Network.Nodes.Count];
        foreach (Node node in Network.Nodes)
        {
            if (!included[node.Index] || done[node.Index] || node.Layer is InputLayer || lowering.Has(node.Index))
                continue;
            FusedGroup group = fusion.GroupOf(node);
            foreach (Node? part in new[] { group.Norm, group.Activation, group.Pool })
            {
                if (part is not null)
                    done[part.Index] = true;
            }

            lowering.Lower(group);
        }
    }

    private void BindInputs(Lowering lowering)
    {
        for (int i = 0; i < Network.Inputs.Count; i++)
            lowering.Input(Network.Nodes[Network.Inputs[i]], i);
    }

    private static void BindOutput(Lowering lowering, int node, int port)
    {
        Tensor value = lowering.Plain(lowering.Contiguous(lowering.ValueOf(node)));

        // The last operation writes straight into the caller's memory where its result is nothing else's already.
        if (value.Storage.Home == Home.Samples && value.Storage.Floats == value.Layout.Count)
        {
            value.Storage.Home = Home.Output;
            value.Storage.Port = port;
            return;
        }

        Storage output = new(value.Name + "Output", Home.Output, value.Layout.Count) { Port = port };
        lowering.Call("Copy", Operand.View(value), Operand.View(output, value.Layout), "batch");
    }

    /// <summary>The nodes that the kept ones need, stopping at a cut.</summary>
    private bool[] Reaching(List<int> kept, int cut)
    {
        bool[] included = new bool[Network.Nodes.Count];
        Stack<int> open = new(kept);
        while (open.Count > 0)
        {
            int node = open.Pop();
            if (included[node])
                continue;
            included[node] = true;
            if (node == cut)
                continue;
            foreach (int input in Network.Nodes[node].Inputs)
                open.Push(input);
        }

        return included;
    }

    private static Pass PassOf(Lowering lowering)
    {
        Pass pass = new();
        if (lowering.Training)
        {
            pass.Stages.Add(("PrepareStep", lowering.Preparation));
            pass.Stages.Add(("Forward", lowering.Forward));
            pass.Stages.Add(("Backward", lowering.Backward));
            pass.Stages.Add(("Update", lowering.Updates));
        }
        else
        {
            pass.Stages.Add(("", lowering.Forward));
        }

        pass.PlaceStorages(lowering.Storages);
        return pass;
    }
}
