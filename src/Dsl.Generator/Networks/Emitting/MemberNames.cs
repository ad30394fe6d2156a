using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Which members a wrong declaration can have: a name that is none, that is there twice or that the user's own code has already gets no member, since
/// C# would complain about it beside our error. A right declaration has none of these. And names for what is the generated code's own affair, which
/// nothing of the user's can clash with.
/// </summary>
internal sealed class MemberNames
{
    private readonly Network network;
    private readonly HashSet<string>? taken;

    // What the attributes of the class name blocks by: their own names, those of the types around them, and their namespaces'.
    private readonly HashSet<string> ofBlocks = new(StringComparer.Ordinal);

    public MemberNames(Network network)
    {
        this.network = network;
        Inputs = Port.Inputs(network);
        Outputs = Port.Outputs(network, Inputs);
        foreach (Declaration block in network.Declaration.Blocks)
        {
            ofBlocks.Add(block.Name);
            ofBlocks.UnionWith(block.ContainingTypes.Select(outer => outer.Name));
            ofBlocks.UnionWith(block.Namespace.Split('.'));
        }

        Program = Own("Program");
        // A type parameter hides only what its class has outside it; in the program nothing is called by the class's name.
        Backend = network.Declaration.Name == "TBackend" ? "TBackend2" : "TBackend";
        if (!network.HasErrors)
            return;
        taken = new HashSet<string>(network.Declaration.Kind.Names.Fixed, StringComparer.Ordinal) { network.Declaration.Name };
        taken.UnionWith(network.Declaration.Kind.Names.Hidden);
        taken.UnionWith(network.Declaration.Members);
        foreach (Port port in Inputs.Concat(Outputs))
        {
            taken.Add(port.ShapeMember);
            taken.Add(port.Batch);
        }
    }

    /// <summary>The inputs in declared order.</summary>
    public List<Port> Inputs { get; }

    /// <summary>The main output, then the further ones.</summary>
    public List<Port> Outputs { get; }

    /// <summary>What stands in place of a body when the declaration is wrong.</summary>
    public string Throw => $"throw new global::System.InvalidOperationException(\"The declaration of {network.Declaration.Name} has errors; the compiler shows them.\")";

    /// <summary>The nested class with the program.</summary>
    public string Program { get; }

    /// <summary>The type parameter of <c>On</c>.</summary>
    public string Backend { get; }

    /// <summary>Whether a member that the declaration names can be written; at most once for each name.</summary>
    public bool Take(string name) => taken is null || (SyntaxFacts.IsValidIdentifier(name) && !IsAccessor(name) && !taken.Contains("get_" + name) && taken.Add(name));

    /// <summary>Whether a member that every network has can be written.</summary>
    public bool IsFree(string member) => taken is null || (network.Declaration.Members.IndexOf(member) < 0 && network.Declaration.Members.IndexOf("get_" + member) < 0 && network.Declaration.Name != member);

    /// <summary>
    /// A nested type that every network has. One of the user's with that name is an error already; ours stands beside it so that nothing else is.
    /// And ours gives way to a block of that name, which the attributes could not name any more.
    /// </summary>
    public string TypeOf(string type) => IsFree(type) && !ofBlocks.Contains(type) ? type : Own("Generated" + type);

    /// <summary>The first of name, name2, name3 ... that is no member of the class.</summary>
    public string Own(string name) => GeneratedNames.Unused(name, IsUsed);

    private bool IsAccessor(string name) => name.StartsWith("get_", StringComparison.Ordinal) && taken!.Contains(name.Substring("get_".Length));

    private bool IsUsed(string name) => name == network.Declaration.Name
        || ofBlocks.Contains(name)
        || network.Declaration.Members.IndexOf(name) >= 0
        || network.Declaration.Kind.Names.Fixed.Contains(name)
        || network.Declaration.Kind.Names.Hidden.Contains(name)
        || network.Nodes.Any(node => node.Name == name)
        || network.Groups.Any(group => group.Name == name)
        || network.Exposures.Any(exposure => exposure.UpTo == name || exposure.Onward == name)
        || Inputs.Exists(port => port.Batch == name || port.ShapeMember == name)
        || Outputs.Exists(port => port.Batch == name || port.ShapeMember == name);
}
