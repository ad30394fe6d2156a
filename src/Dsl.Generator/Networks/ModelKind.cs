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

    public override string? Emit(Declaration declaration, string? failure, CancellationToken cancellation)
    {
        Network network = NetworkChecker.Check(declaration, cancellation);
        return network.IsUngeneratable ? null : ModelEmitter.Emit(failure is null ? network : network with { HasErrors = true }, failure);
    }
}
