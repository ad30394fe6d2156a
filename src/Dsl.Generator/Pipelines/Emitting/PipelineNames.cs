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
    private readonly Dictionary<int, string> given = [];

    public PipelineNames(CheckedPipeline pipeline)
    {
        declaration = pipeline.Declaration;
        taken = [.. declaration.Kind.Names.Fixed, .. declaration.Kind.Names.Hidden, .. declaration.Members, declaration.Name];
        OutputRow = TypeOf("OutputRow");
        Scores = TypeOf("Scores");
        HashSet<string> parameters = new(["rows", "options", "progress", "cancellationToken"], StringComparer.Ordinal);
        foreach (CheckedStage stage in pipeline.Given)
        {
            string name = GeneratedNames.Unused(SyntaxFacts.IsValidIdentifier(stage.Name) ? GeneratedNames.CamelCase(stage.Name) : "network", parameters.Contains);
            parameters.Add(name);
            given.Add(stage.Index, Literal.Name(name));
        }
    }

    /// <summary>The record of an output row.</summary>
    public string OutputRow { get; }

    /// <summary>The record of scores.</summary>
    public string Scores { get; }

    /// <summary>The parameter of <c>Fit</c> and <c>Tune</c> that takes a trained network: named like its stage, unless another parameter is.</summary>
    public string Given(CheckedStage stage) => given[stage.Index];

    /// <summary>Whether a member that every pipeline has can be written.</summary>
    public bool IsFree(string member) => declaration.Members.IndexOf(member) < 0 && declaration.Name != member;

    /// <summary>Whether a member that the declaration names can be written; at most once for each name.</summary>
    public bool Take(string name) => IsName(name) && taken.Add(name);

    /// <summary>Whether C# takes the name without a sign before it.</summary>
    public static bool IsName(string name) => SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    private string TypeOf(string type) => IsFree(type) ? type : GeneratedNames.Unused("Generated" + type, name => !IsFree(name));
}
