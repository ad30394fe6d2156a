using System.Collections.Generic;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;

namespace Dsl.Generator.Networks.Checking;

/// <summary>Turns a declaration into a network: shapes, parameters and counts, or what is wrong.</summary>
internal sealed class NetworkChecker
{
    private readonly Declaration root;
    private readonly Network?[] blocks;
    private readonly bool[] isOpen;
    private readonly CancellationToken cancellation;

    private NetworkChecker(Declaration root, CancellationToken cancellation)
    {
        this.root = root;
        this.cancellation = cancellation;
        blocks = new Network?[root.Blocks.Count];
        isOpen = new bool[root.Blocks.Count];
    }

    public static Network Check(Declaration declaration, CancellationToken cancellation = default) =>
        new NetworkChecker(declaration, cancellation).Complete(declaration);

    /// <summary>The checked block, or null when it is being checked: it uses itself.</summary>
    public Network? BlockOf(int index)
    {
        if (index < 0 || isOpen[index])
            return null;
        if (blocks[index] is { } known)
            return known;
        cancellation.ThrowIfCancellationRequested();
        isOpen[index] = true;
        Network network = Complete(root.Blocks[index]);
        isOpen[index] = false;
        return blocks[index] = network;
    }

    /// <summary>Whether a <c>Use</c> of the block leads back to the root (DSL114).</summary>
    public bool LeadsToRoot(int index) => index == Entry.Self || (index >= 0 && LeadsToRoot(index, new bool[root.Blocks.Count]));

    private bool LeadsToRoot(int index, bool[] seen)
    {
        seen[index] = true;
        foreach (Entry entry in root.Blocks[index].Entries)
        {
            if (entry.Block == Entry.Self || (entry.Block >= 0 && !seen[entry.Block] && LeadsToRoot(entry.Block, seen)))
                return true;
        }

        return false;
    }

    private Network Complete(Declaration declaration)
    {
        Network network = new DeclarationWalk(declaration, root, this).Run();
        List<Finding> findings = [];
        ClassRules.Check(declaration, findings);
        CheckWhole(declaration, findings);
        findings.AddRange(network.Findings);
        bool hasErrors = network.HasErrors || findings.Exists(finding => finding.IsError);
        // A warning in a class that is wrong anyway would only distract.
        if (hasErrors)
            findings.RemoveAll(finding => !finding.IsError);
        return network with { Findings = findings, HasErrors = hasErrors };
    }

    /// <summary>Whatever is declared has an input (DSL104), and a model has a layer (DSL116).</summary>
    private static void CheckWhole(Declaration declaration, List<Finding> findings)
    {
        // Of a class that is marked as something else too, only one mark is meant.
        if (declaration.HasUnknownAttribute || declaration.OtherMark is not (null or "Model" or "Block"))
            return;
        bool hasInput = false;
        bool hasLayer = false;
        foreach (Entry entry in declaration.Entries)
        {
            hasInput |= entry.Construct is SourceLayer;
            hasLayer |= entry.Construct is LayerRule and not SourceLayer;
        }

        if (!hasInput)
            findings.Add(new(Descriptors.NoInput, Place.Mark, $"{declaration.Name} needs an Input before its first layer"));
        if (!hasLayer && !declaration.IsBlock)
            findings.Add(new(Descriptors.NoLayers, Place.Mark, $"{declaration.Name} needs at least one layer"));
    }
}
