using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Tells what of a training pass only gradients at the inputs want, so that a step without them pays nothing. The pass is lowered as if all inputs had gradients; then one walk from
/// its end keeps what the loss, the parameters or their gradients depend on, and the rest happens only where a caller asks.
/// </summary>
internal sealed class InputGradients
{
    private readonly List<Operation> operations = [];

    /// <summary>Marks operations, operands and storages.</summary>
    /// <param name="pass">The stages of a training step in order.</param>
    /// <param name="inputTargets">What belongs to the inputs' gradients alone.</param>
    /// <param name="storages">Storages of the arena.</param>
    public static void Mark(Stage[] pass, Stage inputTargets, IReadOnlyList<Storage> storages)
    {
        InputGradients marking = new();
        foreach (Stage stage in pass)
            marking.operations.AddRange(stage.Operations);

        // Of the arena everything is only for the inputs until something that is not wants it.
        foreach (Storage storage in storages)
            storage.IsConditional = true;
        foreach (Operation operation in inputTargets.Operations)
            operation.MakeConditional();
        for (int i = marking.operations.Count - 1; i >= 0; i--)
            marking.Mark(marking.operations[i]);
    }

    /// <summary>Lets the last operation write an input's gradient where the caller has it, or copies it there.</summary>
    /// <param name="lowering">The training pass, its gradients emitted and marked.</param>
    /// <param name="input">The input.</param>
    /// <param name="port">Its number.</param>
    public static void Bind(Lowering lowering, Tensor input, int port)
    {
        if (input.Gradient.Storage is not { } gradient)
            return;
        if (gradient.IsConditional && gradient.Home == Home.Samples && gradient.Count == input.Layout.Count)
        {
            gradient.Home = Home.InputGradient;
            gradient.Port = port;
            return;
        }

        Storage own = new(input.Name + "Gradient", Home.InputGradient, input.Layout.Count) { Port = port };
        lowering.CallWhen(Condition.WhenInputGradients, Operations.Copy, Operand.View(gradient, input.Layout), Operand.View(own, input.Layout), Operand.Batch);
    }

    /// <summary>There is an input of numbers.</summary>
    public static bool AreThere(Network network)
    {
        foreach (int index in network.Inputs)
        {
            if (network.Nodes[index].Layer.Gives == ElementType.Float32)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Why there are no gradients at inputs of numbers: a frozen layer without anything trained before it lies on a way to the main output. A training step ends there, so it keeps
    /// next to nothing of what lies before, and would have to keep all of it for this. Null where no layer is in the way.
    /// </summary>
    public static string? WhyNone(Network network)
    {
        bool[] trains = network.Trained();
        bool[] open = new bool[network.Nodes.Count];
        foreach (int index in network.Inputs)
            open[index] = network.Nodes[index].Layer.Gives == ElementType.Float32;
        bool[] used = network.Reaching(network.Main);
        foreach (Node node in network.Nodes)
        {
            bool follows = false;
            foreach (int input in node.Inputs)
                follows |= open[input];
            if (!used[node.Index] || !follows)
                continue;
            if (node.Parameters.Count > 0 && !trains[node.Index])
                return $"{node.Path} is frozen (Trainable = false), and nothing before it is trained: a training step ends there";
            open[node.Index] = true;
        }

        return null;
    }

    private void Mark(Operation operation)
    {
        if (!IsWanted(operation))
        {
            operation.MakeConditional();
            return;
        }

        Slot[] slots = operation.Signature.Slots;
        for (int i = 0; i < slots.Length; i++)
        {
            if (operation.Operands[i].Storage is { } storage && slots[i] is { Role: Role.Writes, IsOptional: true } && storage.IsConditional)
                operation.MakeConditional(i);
        }

        for (int i = 0; i < slots.Length; i++)
        {
            if (operation.Operands[i].Storage is not { } storage || operation.Operands[i].IsConditional)
                continue;
            if (slots[i].Result is { } result && !IsGiven(operation, result))
                operation.MakeConditional(i);
            else
                storage.IsConditional = false;
        }
    }

    /// <summary>It leaves something that outlives the pass, or that what comes behind wants.</summary>
    private static bool IsWanted(Operation operation)
    {
        bool writes = false;
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            if ((operation.Signature.Slots[i].Role & Role.Writes) == 0 || operation.Operands[i].Storage is not { } storage)
                continue;
            if (!storage.IsConditional)
                return true;
            writes = true;
        }

        return !writes;
    }

    /// <summary>Whether an operation's result is always given; of one that prepares, that of the operations which read what it prepares.</summary>
    private bool IsGiven(Operation operation, string result)
    {
        int index = operation.Signature.IndexOf(result);
        if (index >= 0)
            return operation.Operands[index] is { Kind: not OperandKind.None, IsConditional: false };
        Storage prepared = operation.Operands[operation.Operands.Length - 1].Storage!;
        return operations.Exists(reader => reader.Signature.IndexOf(result) >= 0 && reader.Operands.Any(operand => operand.Storage == prepared) && IsGiven(reader, result));
    }
}
