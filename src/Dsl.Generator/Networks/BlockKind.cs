using System.Threading;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks;

/// <summary>Layers that a network uses, as often as it likes; its class gets nothing of its own.</summary>
internal sealed class BlockKind : NetworkKind
{
    public override string Mark => "Block";

    public override bool IsBlock => true;

    public override string? Emit(Declaration declaration, string? failure, CancellationToken cancellation) => null;
}
