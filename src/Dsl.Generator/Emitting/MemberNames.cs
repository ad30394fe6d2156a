using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Emitting;

/// <summary>
/// Which members a wrong declaration can have: a name that is none, that is there twice or that the user's own code has already gets no member, since
/// C# would complain about it beside our error. A right declaration has none of these.
/// </summary>
internal sealed class MemberNames
{
    /// <summary>What stands in place of a body when the declaration is wrong.</summary>
    public const string Throw = "throw DeclarationHasErrors()";

    private readonly Network network;
    private readonly HashSet<string>? taken;

    public MemberNames(Network network)
    {
        this.network = network;
        if (!network.HasErrors)
            return;
        taken = new HashSet<string>(GeneratedMembers.Fixed, StringComparer.Ordinal) { network.Declaration.Name };
        taken.UnionWith(GeneratedMembers.Hidden);
        taken.UnionWith(network.Declaration.Members);
        foreach (Port port in Port.Inputs(network).Concat(Port.Outputs(network)))
        {
            taken.Add(port.Prefix + "Shape");
            taken.Add(port.Batch);
        }
    }

    /// <summary>Whether a member that the declaration names can be written; at most once for each name.</summary>
    public bool Take(string name) => taken is null || (SyntaxFacts.IsValidIdentifier(name) && taken.Add(name));

    /// <summary>Whether a member that every network has can be written.</summary>
    public bool IsFree(string member) => taken is null || (network.Declaration.Members.IndexOf(member) < 0 && network.Declaration.Name != member);
}
