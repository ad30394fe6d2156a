using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Use</c> declares.</summary>
internal sealed record UseOptions(int Repeat);

/// <summary>The layers of a block in place. The checker unfolds it, so no node of a right network has this kind.</summary>
internal sealed class UseLayer : Layer
{
    public override string Name => "Use";

    public override object ReadOptions(Entry entry) => new UseOptions(entry.Attribute<UseAttribute<object>>().Repeat);

    public override bool Embeds(DeclarationKind kind) => kind.IsBlock;

    public override void CheckArguments(Site site) => site.AtLeast("Repeat", 1);
}
