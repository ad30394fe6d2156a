using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;

namespace MobileNet;

/// <summary>torchvision's names of MobileNetV2's tensors (<c>features.1.conv.0.0.weight</c>), for <see cref="Network.LoadWeights(string, string?, Func{string, string?}?)"/>.</summary>
public static class TorchvisionNames
{
    private const int Bottlenecks = 17;

    /// <summary>What makes our name of one of torchvision's. Both have the same layers in the same order.</summary>
    /// <param name="network">A MobileNetV2.</param>
    public static Func<string, string?> To(MobileNetV2 network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IEnumerable<string> ours = network.Parameters.Select(parameter => Layer(parameter.Name)).Distinct();
        Dictionary<string, string> byTheirs = Layers().Zip(ours).ToDictionary();
        return name => byTheirs.TryGetValue(Layer(name), out string? layer) ? layer + name[Layer(name).Length..] : name;
    }

    private static string Layer(string parameter) => parameter[..parameter.LastIndexOf('.')];

    private static IEnumerable<string> Layers()
    {
        yield return "features.0.0";
        yield return "features.0.1";
        for (int i = 1; i <= Bottlenecks; i++)
        {
            // The first has no layer that widens.
            string[] within = i == 1 ? ["0.0", "0.1", "1", "2"] : ["0.0", "0.1", "1.0", "1.1", "2", "3"];
            foreach (string layer in within)
                yield return $"features.{i}.conv.{layer}";
        }

        yield return $"features.{Bottlenecks + 1}.0";
        yield return $"features.{Bottlenecks + 1}.1";
        yield return "classifier.1";
    }
}
