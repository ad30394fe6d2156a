using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The layers of a block in place. The checker unfolds it, so no node of a right network has this kind.</summary>
internal sealed class UseLayer : Layer
{
    public override string Name => "Use";

    public override bool HasParameters => true;

    public override void CheckArguments(Site site) => site.AtLeast("Repeat", 1);
}
