using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Checking;

/// <summary>Walks the attributes of one declaration in order and builds its nodes.</summary>
internal sealed class DeclarationWalk
{
    private readonly Declaration declaration;
    private readonly Declaration root;
    private readonly NetworkChecker checker;
    private readonly List<Finding> findings = [];
    private readonly List<Node> nodes = [];
    private readonly List<int> inputs = [];
    private readonly List<UseGroup> groups = [];
    private readonly NameTable names;
    private readonly Wiring wiring;
    private readonly bool hasSeveralParts;
    private long parameters;

    public DeclarationWalk(Declaration declaration, Declaration root, NetworkChecker checker)
    {
        this.declaration = declaration;
        this.root = root;
        this.checker = checker;
        hasSeveralParts = ClassRules.HasSeveralParts(declaration);
        names = new NameTable(declaration, findings);
        wiring = new Wiring(declaration, names, isUnordered: hasSeveralParts);
    }

    public Network Run()
    {
        bool hasBroken = declaration.HasUnknownAttribute;
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Entry entry = declaration.Entries[i];
            hasBroken |= entry.IsBroken;
            if (entry.Unseen is { } unseen)
                findings.Add(new(Descriptors.OutOfRange, Place.Argument(i, unseen.Name, unseen.Element), $"{names.LabelOf(i)} needs a constant for {unseen.Name} that stands in your own source: the compiler of networks does not see generated code"));
            switch (entry.Construct)
            {
                case SourceLayer source:
                    AddSource(i, entry, source);
                    break;
                case UseLayer use:
                    AddUse(i, entry, use);
                    break;
                case LayerRule layer:
                    AddLayer(i, entry, layer);
                    break;
                case MarkerConstruct when !declaration.IsBlock:
                    Keep(wiring.Mark(i, entry));
                    break;
                default:
                    break;
            }
        }

        Network network = new()
        {
            Declaration = declaration,
            Nodes = nodes,
            Inputs = new EquatableArray<int>([.. inputs]),
            Main = wiring.MainNode,
            Groups = new EquatableArray<UseGroup>([.. groups]),
            Outputs = Outputs(),
            Exposures = Exposures(),
        };
        wiring.CheckCuts(findings);
        network = TrainingRules.Check(network, findings);
        bool hasErrors = hasBroken || hasSeveralParts || findings.Exists(finding => finding.IsError) || !IsWhole(network);
        if (!hasErrors && HaloDemand.TooLarge(nodes) is { } reader)
        {
            LayerSite site = new(reader.Entry, reader.Ordinal, reader.Path, reader.InputShapes, new Trace(nodes, reader.Inputs[0]));
            site.FailHere(Descriptors.TooLarge, $"needs padding that makes its input larger than {int.MaxValue} elements per sample{site.Origin}");
            Keep(site.Finding);
            hasErrors = true;
        }

        if (!hasErrors)
            wiring.CheckUnused(findings);
        return network with { Findings = findings, HasErrors = hasErrors };
    }

    /// <summary>Whether everything is known, not only what leads to the output: a block that is wrong has its errors elsewhere, and leaves a hole here.</summary>
    private static bool IsWhole(Network network) => network.OutputShape.IsKnown
        && network.Nodes.All(node => node.Shape.IsKnown)
        && network.Outputs.All(output => output.Node >= 0)
        && network.Exposures.All(exposure => exposure.Node >= 0);

    private void Keep(Finding? finding)
    {
        if (finding is not null)
            findings.Add(finding);
    }

    private void AddSource(int i, Entry entry, SourceLayer source)
    {
        if (declaration.IsBlock && inputs.Count > 0)
        {
            findings.Add(new(Descriptors.Surplus, Place.Attribute(i), "A block has one input"));
            return;
        }

        LayerSite site = new(entry, i, names.LabelOf(i), default);
        Shape shape = Shape.Unknown;
        if (!entry.IsBroken)
        {
            source.CheckArguments(site);
            if (site.Finding is null)
                shape = source.OutputOf(site);
            Keep(site.Finding);
        }

        inputs.Add(nodes.Count);
        wiring.AddSource(i, nodes.Count);
        nodes.Add(Create(i, entry, source, default, default, shape) with { Ids = shape.IsKnown ? source.Ids(entry) : default });
    }

    private void AddLayer(int i, Entry entry, LayerRule layer)
    {
        LayerSite site = Reach(i, entry, layer, out int[] sources);
        Shape shape = Shape.Unknown;
        if (site.Finding is null && !entry.IsBroken)
        {
            layer.CheckArguments(site);
            if (site.Input.IsKnown)
                layer.CheckAgainstInput(site);
            if (site.Finding is null && IsKnown(site.Inputs))
                shape = layer.OutputOf(site);
        }

        Node node = Create(i, entry, layer, new EquatableArray<int>(sources), site.Inputs, shape);
        if (shape.IsKnown)
            node = Complete(node, site);
        Keep(site.Finding);
        wiring.AddLayer(i, nodes.Count);
        nodes.Add(node);
    }

    /// <summary>Finds what the layer reads, and whether that is of a kind and rank that it takes.</summary>
    private LayerSite Reach(int i, Entry entry, LayerRule layer, out int[] sources)
    {
        Finding? finding = wiring.Connect(i, entry, layer.MergeArgument, out sources);
        Shape[] shapes = new Shape[sources.Length];
        for (int k = 0; k < shapes.Length; k++)
            shapes[k] = nodes[sources[k]].Shape;
        LayerSite site = new(entry, i, names.LabelOf(i), new EquatableArray<Shape>(shapes), sources.Length == 0 ? null : new Trace(nodes, sources[0]));
        if (finding is not null)
        {
            site.Keep(finding);
        }
        else if (IsKnown(site.Inputs) && !entry.IsBroken && layer is not UseLayer)
        {
            foreach (int source in sources)
            {
                if (nodes[source].Layer.Gives != layer.Takes)
                    site.FailHere(Descriptors.WrongElement, layer.Takes == ElementType.Int32 ? $"needs ids, but receives numbers{site.Origin}" : $"needs numbers, but receives ids{site.Origin}");
            }

            if (!layer.TakesRank(site.Input.Rank))
                site.FailHere(Descriptors.WrongRank, $"needs {layer.Needs}, but receives {site.Input}{site.Origin}");
        }

        return site;
    }

    private static bool IsKnown(EquatableArray<Shape> shapes)
    {
        foreach (Shape shape in shapes)
        {
            if (!shape.IsKnown)
                return false;
        }

        return shapes.Count > 0;
    }

    private Node Create(int i, Entry entry, LayerRule layer, EquatableArray<int> sources, EquatableArray<Shape> shapes, Shape shape) => new()
    {
        Index = nodes.Count,
        Layer = layer,
        Entry = entry,
        Ordinal = i,
        Name = names.MemberOf(i),
        Path = names.LabelOf(i),
        Inputs = sources,
        InputShapes = shapes,
        Shape = shape,
        InputIds = sources.Count == 0 ? default : nodes[sources[0]].Ids,
        IsTrainable = entry.IsTrainable,
    };

    /// <summary>Adds parameters and operations to a node whose shape is known; one whose parameters are too many becomes unknown.</summary>
    private Node Complete(Node node, LayerSite site)
    {
        IReadOnlyList<LayerParameter> parameters = node.Layer.Parameters(node.Entry);
        if (parameters.Count > 0)
        {
            ParameterSpec[] specs = new ParameterSpec[parameters.Count];
            for (int i = 0; i < specs.Length; i++)
                specs[i] = parameters[i].Of(node);
            node = node with { Parameters = new EquatableArray<ParameterSpec>(specs) };
        }

        if (!CountParameters(node.ParameterFloats, site))
            return node with { Shape = Shape.Unknown, Parameters = default };

        return node with { Operations = node.Layer.OperationsOf(node) };
    }

    private void AddUse(int i, Entry entry, UseLayer use)
    {
        LayerSite site = Reach(i, entry, use, out int[] sources);
        Network? block = null;
        if (site.Finding is null && !entry.IsBroken)
        {
            use.CheckArguments(site);
            if (entry.Block == Entry.NoBlock)
                site.Fail(Descriptors.NoBlock, Place.TypeArgument(i), "needs a class that is marked Block");
            else if (ReferenceEquals(declaration, root) && checker.LeadsToRoot(entry.Block))
                site.FailHere(Descriptors.Recursive, $"leads back to {declaration.Name}: a block cannot use itself");
            else if (site.Finding is null)
                block = BlockFor(i, entry, site, sources.Length == 0 ? -1 : sources[0]);
        }

        Keep(site.Finding);
        string label = names.MemberOf(i);
        if (block is not null && IsKnown(site.Inputs))
        {
            groups.Add(BlockUnfolding.Unfold(block, i, entry, label, sources[0], nodes, out int last));
            wiring.AddLayer(i, last);
            return;
        }

        groups.Add(new UseGroup(label, checker.BlockOf(entry.Block), 1, nodes.Count));
        wiring.AddLayer(i, nodes.Count);
        nodes.Add(Create(i, entry, use, new EquatableArray<int>(sources), site.Inputs, Shape.Unknown));
    }

    /// <summary>The block, if it is right and fits what reaches it.</summary>
    private Network? BlockFor(int i, Entry entry, LayerSite site, int source)
    {
        if (checker.BlockOf(entry.Block) is not { } block)
            return null;
        if (block.Declaration.IsForeign)
        {
            foreach (Finding finding in block.Findings)
            {
                if (finding.IsError)
                    findings.Add(finding with { Place = Place.Attribute(i), Message = $"{site.Label} ({block.Declaration.Name}): {finding.Message}", Suggestion = null });
            }
        }

        if (block.HasErrors || block.Inputs.Count == 0 || !IsKnown(site.Inputs))
            return null;
        Shape wanted = block.Nodes[block.Inputs[0]].Shape;
        Shape given = block.OutputShape;
        int repeat = entry.Options<UseOptions>().Repeat;
        if (site.Input != wanted)
            site.FailHere(Descriptors.BlockInput, $"needs {wanted}, the input of {block.Declaration.Name}, but receives {site.Input}{site.Origin}");
        else if (nodes[source].Ids != block.Nodes[block.Inputs[0]].Ids)
            site.FailHere(Descriptors.BlockInput, $"needs {Said(block.Nodes[block.Inputs[0]].Ids)}, the input of {block.Declaration.Name}, but receives {Said(nodes[source].Ids)}{site.Origin}");
        else if (repeat > 1 && given != wanted)
            site.FailHere(Descriptors.BlockInput, $"cannot repeat {block.Declaration.Name}, which turns {wanted} into {given}");
        else if (nodes.Count + Counting.Multiply(repeat, block.Nodes.Count) > BlockUnfolding.MostNodes)
            site.Fail(Descriptors.OutOfRange, Place.Argument(i, "Repeat"), $"unfolds to more than {BlockUnfolding.MostNodes} layers");
        else
            CountParameters(Counting.Multiply(repeat, block.ParameterFloats), site);
        return site.Finding is null ? block : null;
    }

    private static string Said(IdRange ids) => ids.Vocabulary == 0 ? "numbers" : ids.Padding < 0 ? $"ids below {ids.Vocabulary}" : $"ids below {ids.Vocabulary} with padding {ids.Padding}";

    private bool CountParameters(long more, LayerSite site)
    {
        parameters = Counting.Add(parameters, more);
        if (parameters <= Network.MostParameterFloats)
            return true;
        site.FailHere(Descriptors.TooLarge, $"brings the network to {parameters} parameters and running statistics, more than the {Network.MostParameterFloats} that one buffer holds{site.Origin}");
        parameters = 0;
        return false;
    }

    private EquatableArray<NetworkOutput> Outputs() => new([.. wiring.Marks
        .Where(mark => mark.Entry.Construct is OutputMarker && !names.IsRejected(mark.Ordinal))
        .Select(mark => new NetworkOutput(mark.Entry.Options<OutputOptions>().Name, mark.Node))]);

    private static Exposure Exposed(MarkedNode mark)
    {
        ExposeOptions options = mark.Entry.Options<ExposeOptions>();
        return new(options.UpTo, options.Onward, mark.Node);
    }

    private EquatableArray<Exposure> Exposures() => new([.. wiring.Marks
        .Where(mark => mark.Entry.Construct is ExposeMarker && !names.IsRejected(mark.Ordinal))
        .Select(mark => Exposed(mark))]);
}
