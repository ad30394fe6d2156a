using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>
/// Which members a wrong declaration can have: a name that is none, that is there twice or that the user's own code has already gets no member, since C# would complain about it beside
/// our error. A right declaration has none of these.
/// </summary>
internal sealed class PipelineNames
{
    private readonly Declaration declaration;
    private readonly HashSet<string> taken;

    public PipelineNames(CheckedPipeline pipeline)
    {
        declaration = pipeline.Declaration;
        taken = [.. declaration.Kind.Names.Fixed, .. declaration.Kind.Names.Hidden, .. declaration.Members, declaration.Name];
        OutputRow = TypeOf("OutputRow");
        Scores = TypeOf("Scores");
    }

    /// <summary>The record of an output row.</summary>
    public string OutputRow { get; }

    /// <summary>The record of scores.</summary>
    public string Scores { get; }

    /// <summary>A parameter or local named like a stage.</summary>
    public static string Local(string name) => Literal.Name(name.Length == 0 ? "_" : GeneratedNames.CamelCase(name));

    /// <summary>Whether a member that every pipeline has can be written.</summary>
    public bool IsFree(string member) => declaration.Members.IndexOf(member) < 0 && declaration.Name != member;

    /// <summary>Whether a member that the declaration names can be written; at most once for each name.</summary>
    public bool Take(string name) => IsName(name) && taken.Add(name);

    /// <summary>Whether C# takes the name without a sign before it.</summary>
    public static bool IsName(string name) => SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private string TypeOf(string type) => IsFree(type) ? type : GeneratedNames.Unused("Generated" + type, name => !IsFree(name));
}
