using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Holds a program to its rules before C# is written of it: arity and kinds of every call, that what is read was written, that nobody writes what is
/// not his, that results do not fall on operands, that layouts and what shapes ask for fit their storages, and that lifetimes which overlap do not
/// share memory.
/// </summary>
internal sealed class Verifier
{
    private readonly Program program;
    private readonly List<string> violations = [];
    private readonly object preparation = new();
    private readonly List<Storage> held = [];
    private readonly HashSet<Pass> seen = [];

    // What is written is known by the walk that stands in the storage: several walks go over hundreds of operands.
    private object walk;

    // Where it is: text is made of it only for a violation.
    private string where = "";
    private int at = -1;
    private int steps = 1;

    private Verifier(Program program)
    {
        this.program = program;
        walk = preparation;
    }

    /// <summary>What is wrong with a program; nothing, if planning is right.</summary>
    public static IReadOnlyList<string> Verify(Program program)
    {
        Verifier verifier = new(program);
        verifier.Verify();
        return verifier.violations;
    }

    private void Verify()
    {
        int index = 0;
        foreach (Operation operation in program.Preparation.Operations)
        {
            (where, at) = ("Prepare", index++);
            if (VerifyArity(operation))
            {
                VerifyForm(operation);
                VerifyFlow(operation, isPreparation: true, EntryKind.Predict, withInputs: true);
                if (operation.Signature == Operations.HoldLinear || operation.Signature == Operations.HoldConv2d)
                    held.Add(operation.Of("weight").Storage!);
            }
        }

        foreach (Storage storage in program.Prepared)
        {
            if (!IsWritten(storage))
                Report($"{storage} is prepared by nothing");
            if (storage.Offset + storage.Count > program.PreparedFloats)
                Report($"{storage} lies beyond the prepared weights");
        }

        foreach (EntryPoint entry in program.EntryPoints)
        {
            if (entry.Kind == EntryKind.Apply)
                continue;
            walk = new object();
            Verify(entry, withInputs: false);
            if (entry.Kind is not (EntryKind.Gradients or EntryKind.GradientsFrom))
                continue;
            VerifyApply();
            walk = new object();
            Verify(entry, withInputs: true);
        }
    }

    /// <summary>It starts from what gradients have left.</summary>
    private void VerifyApply()
    {
        if (program.EntryPoints.FirstOrDefault(one => one.Kind == EntryKind.Apply) is not { } apply)
            return;

        // Where a gradient was given in place of a loss, the runtime sets it.
        foreach (Stage stage in apply.Stages)
        {
            foreach (Operation operation in stage.Operations)
                AddWritten(operation, Home.Loss);
        }

        Verify(apply, withInputs: false);
    }

    private void AddWritten(Operation operation, Home home)
    {
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            if (operation.Operands[i].Storage is { } storage && storage.Home == home)
                storage.WrittenIn = walk;
        }
    }

    private void Verify(EntryPoint entry, bool withInputs)
    {
        steps = Math.Max(1, entry.Context);
        bool isFirst = seen.Add(entry.Pass);
        if (isFirst)
            VerifyForms(entry);
        int index = 0;
        bool isInference = HeldWeights.IsInference(entry);
        foreach (Stage stage in entry.Pass.Stages)
        {
            bool isOwn = entry.Stages == entry.Pass.Stages || entry.Stages.Contains(stage);
            foreach (Operation each in stage.Operations)
            {
                (where, at) = (entry.Name, index++);
                if (!isOwn || (!withInputs && each.Condition == Condition.WhenInputGradients) || each.Operands.Length != each.Signature.Slots.Length)
                    continue;

                // These two start from what the forward pass has left at the caller's.
                if (entry.Kind is EntryKind.Loss or EntryKind.Probabilities)
                    AddWritten(each, Home.Output);
                VerifyFlow(each, isPreparation: false, entry.Kind, withInputs);
                if (isInference && held.Count > 0)
                    VerifyPlainWeights(each);
            }
        }

        (where, at) = (entry.Name, -1);
        if (isFirst)
            VerifyPorts(entry);
    }

    /// <summary>What a pass is by itself, whichever of its stages an entry point goes through: once for all that share it.</summary>
    private void VerifyForms(EntryPoint entry)
    {
        int index = 0;
        Pass pass = entry.Pass;
        foreach (Operation operation in pass.Operations)
        {
            (where, at) = (entry.Name, index);
            for (int i = 0; i < operation.Operands.Length; i++)
            {
                if (operation.Operands[i].Storage is { Home: Home.Samples or Home.Fixed } storage && (index < storage.First || index > storage.Last))
                    Report($"{operation.Signature}: {storage} is used outside its lifetime of {storage.First} to {storage.Last}");
            }

            index++;
            if (!VerifyArity(operation))
                continue;
            VerifyForm(operation);
            if (operation.Condition != Condition.WhenInputGradients && operation.WithoutInputs() is var without && without != operation)
                VerifyForm(without);
        }

        (where, at) = (entry.Name, -1);
        VerifyPlaces(pass, Home.Samples, ElementType.Float32, pass.SampleFloats, pass.SampleFloatsWithInputs);
        VerifyPlaces(pass, Home.Fixed, ElementType.Float32, pass.FixedFloats, pass.FixedFloatsWithInputs);
        VerifyPlaces(pass, Home.Samples, ElementType.Int32, pass.SampleInts, pass.SampleInts);
        VerifyPlaces(pass, Home.Fixed, ElementType.Int32, pass.FixedInts, pass.FixedInts);
    }

    /// <summary>What is held in its prepared form alone may have no other when a prediction runs.</summary>
    private void VerifyPlainWeights(Operation operation)
    {
        foreach (Storage weight in held)
        {
            if (!HeldWeights.Reads(operation, weight))
                continue;
            Report($"{operation.Signature}: reads {weight}, which is held in its prepared form alone");
            return;
        }
    }

    /// <summary>An entry point touches its own ports alone, sets each of its outputs, and carries like on to like.</summary>
    private void VerifyPorts(EntryPoint entry)
    {
        bool[] isSet = new bool[entry.Outputs.Count];
        foreach (Operation operation in entry.Pass.Operations)
        {
            for (int i = 0; i < operation.Operands.Length; i++)
            {
                if (operation.Operands[i].Storage is not { Home: Home.Input or Home.Output or Home.Kept } storage)
                    continue;
                IReadOnlyList<ProgramPort> ports = storage.Home switch { Home.Input => entry.Inputs, Home.Output => entry.Outputs, _ => entry.Kept };
                if (storage.Port >= ports.Count)
                    Report($"{storage} is port {storage.Port} of {ports.Count}");
                else if (storage.Element != ports[storage.Port].Element || storage.Count != ports[storage.Port].Shape.Count)
                    Report($"{storage} is {storage.Count} {storage.Element} a sample at {ports[storage.Port]}");
                else if (storage.Home == Home.Output)
                    isSet[storage.Port] |= IsWritten(storage);
            }
        }

        bool givesOutputs = entry.Kind is EntryKind.Predict or EntryKind.Part or EntryKind.Step or EntryKind.Prompt or EntryKind.Next;
        for (int i = 0; givesOutputs && i < isSet.Length; i++)
        {
            if (!isSet[i])
                Report($"nothing sets output {entry.Outputs[i].Name}");
        }

        foreach (Carry carry in entry.Carried)
        {
            if (entry.Inputs[carry.Input] != entry.Outputs[carry.Output])
                Report($"{entry.Outputs[carry.Output]} is carried on to {entry.Inputs[carry.Input]}");
        }
    }

    private bool VerifyArity(Operation operation)
    {
        int wanted = operation.Signature.Slots.Length;
        if (operation.Operands.Length == wanted)
            return true;
        Report($"{operation.Signature} takes {wanted} operands, but has {operation.Operands.Length}");
        return false;
    }

    /// <summary>What a call is by itself: operands of the right kinds, sizes that fit, results apart from operands.</summary>
    private void VerifyForm(Operation operation)
    {
        Slot[] parameters = operation.Signature.Slots;
        bool fits = true;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (Misfit(parameters[i], in operation.Operands[i]) is { } misfit)
            {
                fits = false;
                Report($"{operation.Signature}: {parameters[i].Name} {misfit}");
            }
            else if (operation.Operands[i].Storage is not null)
            {
                VerifyRoom(operation, parameters[i], in operation.Operands[i]);
            }
        }

        if (fits)
            VerifySizes(operation);
        VerifyOverlaps(operation);
    }

    /// <summary>What a call finds: it reads what was written before it, and writes what is its to write.</summary>
    private void VerifyFlow(Operation operation, bool isPreparation, EntryKind kind, bool withInputs)
    {
        Slot[] parameters = operation.Signature.Slots;
        for (int i = 0; i < parameters.Length; i++)
        {
            Slot parameter = parameters[i];
            if (Given(operation, i, withInputs) is not { } storage)
                continue;
            if ((parameter.Role & Role.Reads) != 0 && !IsReadable(storage))
                Report($"{operation.Signature}: {parameter.Name} reads {storage}, which nothing has written");
            if ((parameter.Role & (Role.Writes | Role.Consumes)) is not Role.None and not Role.Reads && !IsWritable(storage, parameter.Role, isPreparation, kind))
                Report($"{operation.Signature}: {parameter.Name} writes {storage}, which is not its to write");
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (Given(operation, i, withInputs) is not { } storage)
                continue;
            if ((parameters[i].Role & Role.Writes) != 0 && storage.WrittenIn != preparation)
                storage.WrittenIn = walk;
        }

        // A result that stands where a consumed operand stood was written after all.
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Role == Role.Consumes && Given(operation, i, withInputs) is { } storage && !IsWritten(operation, storage, withInputs) && IsWritten(storage))
                storage.WrittenIn = null;
        }
    }

    /// <summary>The memory of an operand, where it is given.</summary>
    private static Storage? Given(Operation operation, int index, bool withInputs) => withInputs || !operation.Operands[index].IsConditional ? operation.Operands[index].Storage : null;

    private static bool IsWritten(Operation operation, Storage storage, bool withInputs)
    {
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            if (Given(operation, i, withInputs) == storage && (operation.Signature.Slots[i].Role & Role.Writes) != 0)
                return true;
        }

        return false;
    }

    private static string? Misfit(Slot parameter, in Operand operand)
    {
        if (operand.Kind == OperandKind.None)
            return parameter.IsOptional ? null : "is not given";
        bool fits = parameter.Kind switch
        {
            SlotKind.Floats => operand is { Kind: OperandKind.Buffer, Storage.Element: ElementType.Float32 },
            SlotKind.Ints => operand is { Kind: OperandKind.Buffer, Storage.Element: ElementType.Int32 },
            SlotKind.View => operand is { Kind: OperandKind.View, Storage.Element: ElementType.Float32 },
            SlotKind.Constant => operand.Kind == OperandKind.Constant && operand.Constant!.GetType() == parameter.Type,
            SlotKind.Float => operand.Kind == OperandKind.Real || operand is { Kind: OperandKind.Run, Number: (long)RunValue.LearningRate },
            SlotKind.Int => operand is { Kind: OperandKind.Number, Number: >= int.MinValue and <= int.MaxValue } or { Kind: OperandKind.Run, Number: (long)RunValue.Position },
            SlotKind.Long => operand.Kind == OperandKind.Number || operand is { Kind: OperandKind.Run, Number: (long)RunValue.StepFromOne },
            SlotKind.IntCount => operand.Kind == OperandKind.PerSample,
            SlotKind.LongCount => operand.Kind is OperandKind.PerSample or OperandKind.Number,
            SlotKind.Bool => operand.Kind == OperandKind.Flag,
            _ => operand is { Kind: OperandKind.Run, Number: (long)RunValue.Context } or { Kind: OperandKind.Constant, Constant: string },
        };
        if (fits && parameter.Home is { } home && operand.Storage!.Home != home)
            return $"belongs into {home}, but gets {operand.Storage}";
        return fits ? null : $"is {parameter.Kind}, but gets {operand.Kind} {operand.Constant ?? operand.Storage}";
    }

    private void VerifyRoom(Operation operation, Slot parameter, in Operand operand)
    {
        Storage storage = operand.Storage!;
        if (operand.Kind == OperandKind.View && operand.Layout.Floats > storage.Count)
            Report($"{operation.Signature}: {parameter.Name} is a view of {operand.Layout.Floats} floats a sample on {storage}");
        if (operand.Kind == OperandKind.Buffer && storage.Count > 0 && (operand.Number < 0 || operand.Number >= storage.Count))
            Report($"{operation.Signature}: {parameter.Name} starts at {operand.Number} of {storage}");
        if (storage.Home is Home.Parameters && storage.Offset + storage.Count > program.Parameters.Floats)
            Report($"{operation.Signature}: {storage} lies beyond the parameters");
    }

    /// <summary>What a backend may touch by the shape's word is there: beyond it lies the next storage.</summary>
    private void VerifySizes(Operation operation)
    {
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            Slot parameter = operation.Signature.Slots[i];
            ref readonly Operand operand = ref operation.Operands[i];
            if (parameter.Floats is null || operand.Storage is not { } storage)
                continue;

            // Of a table with a row a step, the last step's.
            long wanted = parameter.Floats(operation) + (operand.PerStep * (steps - 1));
            if (storage.Count - operand.Number < wanted)
                Report($"{operation.Signature}: {parameter.Name} wants {wanted} floats, but there are {storage.Count - operand.Number} of {storage}");
        }
    }

    private bool IsWritten(Storage storage) => storage.WrittenIn == walk;

    private bool IsReadable(Storage storage) => storage.Home switch
    {
        Home.Input or Home.Kept or Home.Labels or Home.Targets or Home.OutputGradient or Home.Parameters or Home.State => true,
        Home.Prepared => IsWritten(storage) || storage.WrittenIn == preparation,

        // What no backward pass reaches stays 0.
        Home.Gradients => storage.IsWhole || IsWritten(storage),
        _ => IsWritten(storage),
    };

    private bool IsWritable(Storage storage, Role role, bool isPreparation, EntryKind kind) => storage.Home switch
    {
        Home.Prepared => isPreparation,
        Home.Samples or Home.Fixed or Home.Output or Home.Kept or Home.Loss or Home.Correct => !isPreparation,
        Home.InputGradient => kind is EntryKind.Gradients or EntryKind.GradientsFrom,
        Home.Verdict => kind is EntryKind.TrainStep or EntryKind.Apply,
        Home.Gradients => kind is (EntryKind.TrainStep or EntryKind.Gradients or EntryKind.GradientsFrom) && !storage.IsWhole && !IsWritten(storage),
        Home.Parameters or Home.State => kind is (EntryKind.TrainStep or EntryKind.Apply) && role == Role.Updates,
        _ => false,
    };

    private void VerifyOverlaps(Operation operation)
    {
        Operand[] operands = operation.Operands;
        Slot[] parameters = operation.Signature.Slots;
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].Storage is not { } storage || (parameters[i].Role & Role.Writes) == 0)
                continue;
            for (int k = 0; k < operands.Length; k++)
            {
                if (k == i || operands[k].Storage != storage)
                    continue;
                bool isSame = operands[k].Kind == operands[i].Kind && operands[k].Layout == operands[i].Layout && operands[k].Number == operands[i].Number;
                if (!operation.Signature.WorksInPlace || !isSame)
                    Report($"{operation.Signature}: {parameters[i].Name} falls on {parameters[k].Name}");
            }
        }
    }

    /// <summary>Storages that live at the same time lie apart, and within the arena.</summary>
    private void VerifyPlaces(Pass pass, Home home, ElementType element, long always, long withInputs)
    {
        List<Storage> placed = [];
        foreach (Storage storage in pass.Storages)
        {
            if (storage.Home == home && storage.Element == element && storage.First >= 0)
                placed.Add(storage);
        }

        if (placed.Count == 0)
            return;

        // In the order of their starts, those that still live are few.
        placed.Sort((a, b) => a.First.CompareTo(b.First));
        List<Storage> live = [];
        foreach (Storage storage in placed)
        {
            live.RemoveAll(other => other.Last < storage.First);
            long count = storage.IsConditional ? withInputs : always;
            if (storage.Offset < 0 || storage.Offset + storage.Count > count)
                Report($"{storage} lies beyond the arena's {count}");
            foreach (Storage other in live)
            {
                if (storage.Offset < other.Offset + other.Count && other.Offset < storage.Offset + storage.Count)
                    Report($"{storage} and {other} share memory while both are wanted");
            }

            live.Add(storage);
        }
    }

    private void Report(string violation) => violations.Add($"{program.Network.Declaration.Name}, {where}{(at < 0 ? "" : " " + at)}: {violation}");
}
