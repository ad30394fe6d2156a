using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Conformance;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Runs one scenario on a backend and on the reference, and says what is wrong, or null.</summary>
internal static class Comparison<TBackend>
    where TBackend : struct, IBackend
{
    /// <summary>The smallest magnitude that must not be flushed to zero: denormals may be.</summary>
    private const double Tiny = 2e-38;

    /// <summary>Every result within tolerance, guards and inputs untouched, halos zero.</summary>
    public static string? WithReference(Scenario scenario, int seed)
    {
        var agreement = new Agreement();
        using var tested = new Stage<TBackend>(seed, agreement);
        scenario.Run(tested);
        if (tested.Faults().FirstOrDefault() is { } fault)
            return fault;
        agreement.Replays = true;
        using var reference = new Stage<ReferenceBackend>(seed, agreement);
        scenario.Run(reference);
        if (reference.Faults().FirstOrDefault() is { } referenceFault)
            return "on the reference: " + referenceFault;

        foreach (var (mine, theirs) in Results(tested, reference))
        {
            float[] values = tested.Final(mine);
            float[] expected = reference.Final(theirs);
            double largest = theirs.Interior().Select(i => Math.Abs((double)expected[i])).Where(double.IsFinite).DefaultIfEmpty(0).Max();
            foreach (int i in theirs.Interior())
            {
                if (values[i].Equals(expected[i]))
                    continue;
                double difference = Math.Abs((double)values[i] - expected[i]);
                if (!(difference <= scenario.Allowed(expected[i], largest) + Tiny))
                    return $"{mine.Name}, float {i}: {values[i]:R}, expected {expected[i]:R} (largest {largest:R})";
            }
        }

        return null;
    }

    /// <summary>With NaN in one input, everything that is NaN on the reference is NaN.</summary>
    public static string? WithNotANumber(Scenario scenario, int seed)
    {
        string[] inputs;
        using (var probe = new Stage<ReferenceBackend>(seed))
        {
            scenario.Run(probe);
            inputs = [.. probe.Operands.Where(o => o.Role is Role.Input or Role.Overwritable or Role.Updated).Select(o => o.Name)];
        }

        var alteration = new Alteration(inputs[seed % inputs.Length], seed / 7, _ => float.NaN);
        var agreement = new Agreement();
        using var tested = new Stage<TBackend>(seed, agreement, alteration);
        scenario.Run(tested);
        agreement.Replays = true;
        using var reference = new Stage<ReferenceBackend>(seed, agreement, alteration);
        scenario.Run(reference);
        foreach (var (mine, theirs) in Results(tested, reference))
        {
            float[] values = tested.Final(mine);
            float[] expected = reference.Final(theirs);
            foreach (int i in theirs.Interior())
            {
                if (float.IsNaN(expected[i]) && !float.IsNaN(values[i]))
                    return $"NaN in {alteration.Operand} at {alteration.Element}: {mine.Name}, float {i} is {values[i]:R}, not NaN";
            }
        }

        return null;
    }

    /// <summary>The results of two runs have the same bits.</summary>
    public static string? OfRuns(Scenario scenario, int seed, Action beforeFirst, Action beforeSecond)
    {
        using var first = new Stage<TBackend>(seed);
        beforeFirst();
        scenario.Run(first);
        using var second = new Stage<TBackend>(seed);
        beforeSecond();
        scenario.Run(second);
        return OfBits(first, second);
    }

    /// <summary>The results of two stages have the same bits.</summary>
    public static string? OfBits(Stage<TBackend> first, Stage<TBackend> second)
    {
        for (int o = 0; o < first.Operands.Count; o++)
        {
            if (first.Operands[o].Role is not (Role.Result or Role.Updated))
                continue;
            float[] a = first.Final(first.Operands[o]);
            float[] b = second.Final(second.Operands[o]);
            foreach (int i in first.Operands[o].Interior())
            {
                if (!Operand.SameBits(a[i], b[i]))
                    return $"{first.Operands[o].Name}, float {i}: {a[i]:R} and {b[i]:R}";
            }
        }

        return null;
    }

    /// <summary>A second call of everything allocates nothing that is managed.</summary>
    public static string? OfAllocation(Scenario scenario, int seed)
    {
        // A collection that another thread causes counts the rest of this thread's allocation buffer as allocated: hence more than one try.
        long bytes = 0;
        for (int run = 0; run < 4; run++)
        {
            using var stage = new Stage<TBackend>(seed);
            scenario.Run(stage);
            bytes = stage.AllocatedBytes;
            if (run > 0 && bytes == 0)
                return null;
        }

        return $"{bytes} bytes allocated";
    }

    private static IEnumerable<(Operand Tested, Operand Reference)> Results(Stage<TBackend> tested, Stage<ReferenceBackend> reference)
        => tested.Operands.Zip(reference.Operands).Where(pair => pair.First.Role is Role.Result or Role.Updated);
}
