using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Weights that inference reads in their prepared form alone: once they are prepared, the runtime may give the memory of the plain ones back, so that a network that only predicts has its
/// weights once. It makes the plain ones of the prepared ones again where somebody asks.
/// </summary>
internal static class HeldWeights
{
    /// <summary>Less is not worth the call: memory goes back by the page, and beside a process's tens of megabytes.</summary>
    public const long FewestFloats = 8 * 1024;

    /// <summary>The preparation, with such weights handed over right behind what prepares them: the next ones may then take their memory.</summary>
    /// <param name="preparation">What prepares weights.</param>
    /// <param name="entries">Everything that a caller can start.</param>
    public static List<Operation> HandOver(IReadOnlyList<Operation> preparation, IEnumerable<EntryPoint> entries)
    {
        List<Operation> readers = [.. preparation];
        foreach (EntryPoint entry in entries)
        {
            if (!IsInference(entry))
                continue;
            foreach (Stage stage in entry.Pass.Stages)
                readers.AddRange(stage.Operations);
        }

        List<Operation> result = new(preparation.Count);
        foreach (Operation operation in preparation)
        {
            result.Add(operation);
            Signature? holds = operation.Signature == Operations.PrepareLinear ? Operations.HoldLinear
                : operation.Signature == Operations.PrepareConv2d && operation.Constant<Conv2dShape>().Algorithm == ConvAlgorithm.Direct ? Operations.HoldConv2d
                : null;
            if (holds is null || operation.Of("weight").Storage is not { Home: Home.Parameters, Count: >= FewestFloats } weight)
                continue;
            if (!readers.Exists(one => one != operation && Reads(one, weight)))
                result.Add(new Operation(holds, [.. operation.Operands], null));
        }

        return result;
    }

    /// <summary>Whether an entry point runs on prepared weights.</summary>
    public static bool IsInference(EntryPoint entry) => entry.Kind < EntryKind.TrainStep;

    /// <summary>Whether an operation reads some of a parameter's values.</summary>
    public static bool Reads(Operation operation, Storage weight)
    {
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            if (operation.Operands[i].Storage is { Home: Home.Parameters } other && other.Offset < weight.Offset + weight.Count && weight.Offset < other.Offset + other.Count)
                return true;
        }

        return false;
    }
}
