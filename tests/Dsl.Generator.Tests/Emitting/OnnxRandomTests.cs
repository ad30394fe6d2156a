using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>Random networks, ids with padding among them, exported: onnxruntime gives what they give.</summary>
public sealed class OnnxRandomTests
{
    private const int Networks = 100;
    private const int Batch = 3;

    [FactWithOnnxRuntime]
    public void Onnxruntime_gives_what_a_random_network_gives()
    {
        // Among these is one with zeros around an image before a max pool, which onnxruntime would make part of it.
        int[] seeds = RandomAssembly.Seeds(Networks, usually: 4242);

        // A user's own layer has no form there.
        RandomDeclaration[] declarations =
        [
            .. seeds.Select((seed, i) => new RandomDeclaration(new Random(seed), $"Exported{i}")).Where(one => !one.ToString().Contains("Custom<", StringComparison.Ordinal)),
        ];
        Assert.True(declarations.Length > Networks / 2);
        Assembly assembly = RandomAssembly.Load("RandomExported", string.Join('\n', declarations.Select(declaration => declaration.ToString())));
        Random random = new(seeds[0]);
        using OnnxJudge judge = new();
        foreach (RandomDeclaration declaration in declarations)
        {
            using Network network = (Network)Activator.CreateInstance(assembly.GetType(declaration.Name)!, 3ul)!;
            foreach (Parameter parameter in network.Parameters)
            {
                // Running statistics and shifts as training leaves them: not 0 and 1.
                foreach (ref float value in parameter.Values)
                    value += parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? (float)random.NextDouble() : (float)(random.NextDouble() - 0.5) / 5;
            }

            float[] x = declaration.Draw(random, Batch);
            float[] y = new float[Batch * declaration.OutputSize];
            INetwork described = network;
            if (declaration.Vocabulary > 0)
                described.Predict(Array.ConvertAll(x, id => (int)id), y);
            else
                described.Predict(x, y);
            judge.Add(declaration.Name, network, [x], [y], declaration.ToString());
        }

        IReadOnlyList<string> wrong = judge.Judge();
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    private sealed class FactWithOnnxRuntimeAttribute : FactAttribute
    {
        public FactWithOnnxRuntimeAttribute() => Skip = OnnxJudge.Absence;
    }
}
