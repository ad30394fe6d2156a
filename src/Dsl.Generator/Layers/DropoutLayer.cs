using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>Zeros at random in training. No operations: outside training it is not there.</summary>
internal sealed partial class DropoutLayer : Layer
{
    public override string Name => "Dropout";

    public override bool EndsUntrained => true;

    public override void CheckArguments(Site site) => site.InUnit("p");

    public override long OperationsOf(Node node) => 0;
}
