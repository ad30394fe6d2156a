using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Checking;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines;

/// <summary>A class that takes rows through stages and models.</summary>
internal sealed class PipelineKind : DeclarationKind
{
    private static readonly ConstructTable Table = new(typeof(PipelineKind));

    // Types that attributes name without their namespace, and what every class has: a member may not hide them.
    private static readonly HashSet<string> Hidden = new(
        [
            .. typeof(PipelineAttribute<>).Assembly.GetTypes().Where(type => type is { IsEnum: true, Namespace: "Dsl", IsPublic: true } && IsOfPipelines(type)).Select(type => type.Name),
            "Network", "Vector", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
        ],
        StringComparer.Ordinal);

    /// <summary>What its generated class is made of. Members of a new part are known to the rules on names by being here.</summary>
    public static IReadOnlyList<PipelinePart> Parts { get; } = [RowMembers.Part, FittingMembers.Part, RunMembers.Part, FileMembers.Part];

    public override string Mark => "Pipeline";

    public override int MarkArity => 1;

    public override string Product => "pipeline";

    public override string Steps => "stages";

    public override bool IsRare => true;

    public override ConstructTable Constructs => Table;

    public override Construct Unknown => UnknownStage.Instance;

    public override ImmutableArray<DiagnosticDescriptor> Diagnostics => Descriptors.OfPipelines;

    public override GeneratedNames Names { get; } = new(new HashSet<string>(Parts.SelectMany(part => part.Members), StringComparer.Ordinal), [], Hidden);

    /// <summary>Only <c>Fit</c> and <c>Load</c> make a pipeline.</summary>
    public override bool HasConstructor(ImmutableArray<IParameterSymbol> parameters) => true;

    public override bool HasFacts => true;

    public override object ReadFacts(INamedTypeSymbol symbol, Compilation compilation, GeneratorOutput? output, DeclarationKinds kinds, CancellationToken cancellation) =>
        new FactsReader(symbol, compilation, output, kinds, cancellation).Read(Mark + "Attribute");

    public override Declaration Condense(Declaration declaration, CancellationToken cancellation) =>
        declaration.Facts is PipelineFacts facts ? declaration with { Facts = NetworkCondenser.Condense(facts, cancellation) } : declaration;

    public override IReadOnlyList<Finding> Check(Declaration declaration, CancellationToken cancellation) => PipelineChecker.Check(declaration, cancellation).Findings;

    public override string? Emit(Declaration declaration, string? failure, CancellationToken cancellation)
    {
        CheckedPipeline pipeline = PipelineChecker.Check(declaration, cancellation);
        return pipeline.IsUngeneratable ? null : PipelineEmitter.Emit(pipeline, Parts, failure);
    }

    private static bool IsOfPipelines(Type type) => type != typeof(Init) && type != typeof(Activation);
}
