using System.Collections.Generic;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Emitting;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks;

/// <summary>A class that becomes a network.</summary>
internal sealed class ModelKind : NetworkKind
{
    public override string Mark => "Model";

    /// <summary>What its generated class is made of. Members of a new part are known to the rules on names by being here.</summary>
    public static IReadOnlyList<ModelPart> Parts { get; } =
    [
        ConstructionMembers.Part, PortMembers.Shapes, RunMembers.Part, GradientMembers.Part, GenerationMembers.Part, SparkMembers.Part, LayerMembers.Part, PortMembers.Batches, ProgramEmitter.Part,
    ];

    public override string? Emit(Declaration declaration, string? failure, CancellationToken cancellation)
    {
        Network network = NetworkChecker.Check(declaration, cancellation);
        return network.IsUngeneratable ? null : ModelEmitter.Emit(failure is null ? network : network with { HasErrors = true }, Parts, failure);
    }
}
