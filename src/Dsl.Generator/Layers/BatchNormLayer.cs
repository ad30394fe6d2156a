using System.Collections.Generic;
using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>Normalisation over the batch by feature or channel. Operations: four per element (centre, scale, scale, shift).</summary>
internal abstract class BatchNormLayer : Layer
{
    public override bool HasParameters => true;

    public override bool EndsUntrained => true;

    /// <summary>The axis of features or channels.</summary>
    public abstract int AxisOf(Shape input);

    public override void CheckArguments(Site site)
    {
        site.InUnit("Momentum");
        site.Positive("Epsilon");
    }

    public override void AddParameters(Node node, List<ParameterSpec> parameters)
    {
        Shape shape = new(node.Shape[AxisOf(node.Shape)]);
        parameters.Add(new("weight", shape, Initialisation.Ones));
        parameters.Add(new("bias", shape, Initialisation.Zeros));
        parameters.Add(new("running_mean", shape, Initialisation.Zeros, IsBuffer: true));
        parameters.Add(new("running_var", shape, Initialisation.Ones, IsBuffer: true));
    }

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);
}
