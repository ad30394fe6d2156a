using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>Checks the networks that a pipeline names, and keeps of them what a pipeline looks at: a hidden layer that changes changes nothing here.</summary>
internal static class NetworkCondenser
{
    public static PipelineFacts Condense(PipelineFacts facts, CancellationToken cancellation) =>
        facts with { Networks = new EquatableArray<NetworkFacts>([.. facts.Networks.Select(network => Condense(network, cancellation))]) };

    private static NetworkFacts Condense(NetworkFacts facts, CancellationToken cancellation)
    {
        if (facts.Declaration is not { } declaration)
            return facts;
        Network network = NetworkChecker.Check(declaration, cancellation);
        NetworkFacts condensed = facts with { Declaration = null, HasErrors = network.HasErrors || network.Main < 0 };
        if (condensed.HasErrors)
            return condensed;
        return condensed with
        {
            Inputs = new EquatableArray<NetworkPort>([.. network.Inputs.Select(input => PortOf(network.Nodes[input]))]),
            Outputs = network.OutputShape.Count,
            FurtherOutputs = new EquatableArray<long>([.. network.Outputs.Select(output => network.Nodes[output.Node].Shape.Count)]),
            OutputShape = network.OutputShape.ToString(),
            Loss = FormOf(network.Loss?.Construct.Name),
            LossName = network.Loss?.Construct.Name ?? "",
            HasOptimizer = network.Optimizer is not null,
            HasLabelAStep = network.Loss?.Construct.Name == "CrossEntropy" && network.OutputShape.Rank > 1,
            Codes = new EquatableArray<NetworkCode>([.. network.Exposures.Select(one => new NetworkCode(one.UpTo, network.Nodes[one.Node].Shape.Count))]),
        };
    }

    private static NetworkPort PortOf(Node node) => new(node.Name, node.Shape.ToString(), node.Shape.Count, node.Ids.Vocabulary, node.Ids.Padding);

    private static LossForm FormOf(string? loss) => loss switch
    {
        null => LossForm.None,
        "CrossEntropy" => LossForm.CrossEntropy,
        "BinaryCrossEntropy" => LossForm.BinaryCrossEntropy,
        "Hinge" => LossForm.Hinge,
        "KLDivergence" => LossForm.KLDivergence,
        "Reconstruction" => LossForm.Reconstruction,
        _ => LossForm.Regression,
    };
}
