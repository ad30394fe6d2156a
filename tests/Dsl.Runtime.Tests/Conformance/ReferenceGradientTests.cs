using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>
/// The reference's gradients against central differences of its own forward operations: Σ dy·y, or the loss, with one input value moved to
/// either side.
/// </summary>
public sealed class ReferenceGradientTests
{
    private const int CasesEach = 12;
    private const int ElementsEach = 4;

    private static readonly double[] Steps = [1e-3, 1e-2, 2e-4];

    /// <summary>The families of operations that have a gradient: those of which some case has a result that is one.</summary>
    internal static IReadOnlyList<string> Differentiated { get; } = [.. Families.All.Keys.Where(HasGradient)];

    public static TheoryData<string> Names => [.. Differentiated];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreCentralDifferences(string family)
    {
        int compared = 0;
        var failures = new List<string>();
        for (int seed = 0; seed < CasesEach; seed++)
        {
            var scenario = Families.All[family].Draw(new Draw(seed) { Smooth = true });
            using var stage = new Stage<ReferenceBackend>(seed);
            scenario.Run(stage);
            foreach (var (gradient, input) in Gradients(stage))
            {
                float[] values = Interior(stage, gradient);
                double largest = values.Max(Math.Abs);
                var elements = new Draw(seed + 1);
                for (int i = 0; i < ElementsEach; i++)
                {
                    int element = elements.Int(0, values.Length - 1);
                    compared++;
                    // The steps differ because a kink may lie within a large one, and rounding counts in a small one. Most fit at the first.
                    List<double> differences = [];
                    foreach (double step in Steps)
                    {
                        differences.Add(Difference(scenario, seed, input, element, step));
                        if (Math.Abs(differences[^1] - values[element]) <= (4e-3 * largest) + 1e-5)
                            break;
                    }

                    if (differences.Count == Steps.Length && Math.Abs(differences[^1] - values[element]) > (4e-3 * largest) + 1e-5)
                    {
                        string found = string.Join(", ", differences.Select(d => d.ToString("G5", CultureInfo.InvariantCulture)));
                        failures.Add($"{gradient.Name}[{element}] is {values[element]:R}, differences {found} (seed {seed})\n    {scenario}");
                    }
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {compared}:\n{string.Join('\n', failures.Take(5))}");
        Assert.True(compared >= CasesEach, $"only {compared} gradients compared");
    }

    private static bool HasGradient(string family)
    {
        for (int seed = 0; seed < CasesEach; seed++)
        {
            using var stage = new Stage<ReferenceBackend>(seed);
            Families.All[family].Draw(new Draw(seed) { Smooth = true }).Run(stage);
            if (Gradients(stage).Any())
                return true;
        }

        return false;
    }

    /// <summary>Results named d… with the input that they belong to.</summary>
    private static IEnumerable<(Operand Gradient, string Input)> Gradients(Stage<ReferenceBackend> stage)
        => from gradient in stage.Operands
           where gradient.Role == Role.Result && gradient.Name[0] == 'd'
           let input = stage.Operands.FirstOrDefault(o => string.Equals(o.Name, gradient.Name[1..], StringComparison.OrdinalIgnoreCase))
           where input is not null
           select (gradient, input.Name);

    private static double Difference(Scenario scenario, int seed, string input, int element, double step)
    {
        double up = Objective(scenario, seed, new Alteration(input, element, value => (float)(value + step)), out float high);
        double down = Objective(scenario, seed, new Alteration(input, element, value => (float)(value - step)), out float low);
        return (up - down) / ((double)high - low);
    }

    private static double Objective(Scenario scenario, int seed, Alteration alteration, out float moved)
    {
        using var stage = new Stage<ReferenceBackend>(seed, null, alteration);
        scenario.Run(stage);
        var input = stage.Operands.First(o => o.Name == alteration.Operand);
        moved = input.Interior().Select(i => input.Initial[i]).ElementAt(alteration.Element);
        if (stage.Operands.FirstOrDefault(o => o.Name == "loss") is { } loss)
            return Interior(stage, loss)[0];
        var y = stage.Operands.First(o => o.Name == "y");
        var dy = stage.Operands.First(o => o.Name == "dy");
        return Interior(stage, y).Zip(dy.Interior(), (value, place) => (double)value * dy.Initial[place]).Sum();
    }

    private static float[] Interior(Stage<ReferenceBackend> stage, Operand operand)
    {
        float[] values = stage.Final(operand);
        return [.. operand.Interior().Select(i => values[i])];
    }
}
