using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Planning;

/// <summary>Programs that are spoilt in one place, each by a rule that the verifier holds.</summary>
public sealed class VerifierTests
{
    private const string Declared = "[Input(3, 8, 8), Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2), BatchNorm2d, Flatten, Dropout, Linear(5), CrossEntropy, Adam(ClipNorm = 1)]";

    [Fact]
    public void Planned_programs_are_right() => Assert.Empty(Verifier.Verify(Plan()));

    [Fact]
    public void Every_operation_that_is_left_out_is_missed()
    {
        // But for those whose result only the caller sees.
        string[] unread = ["Adam", "CountCorrect", "UpdateRunningStatistics", "Trace", "Accumulate"];
        int tried = 0;
        foreach ((EntryPoint entry, Stage stage, int at) in Operations(Plan()))
        {
            Operation operation = stage.Operations[at];
            bool isRead = !unread.Contains(operation.Signature.Name) && entry.Pass.Operations.SkipWhile(one => one != operation).Skip(1).Any(later => Reads(later, operation));
            if (!isRead)
                continue;
            stage.Operations.RemoveAt(at);
            Assert.True(Verifier.Verify(Last!).Count > 0, $"{entry.Name} without {operation.Signature} passes");
            stage.Operations.Insert(at, operation);
            tried++;
        }

        Assert.True(tried >= 15, $"only {tried} operations were left out");
    }

    [Fact]
    public void Operands_that_change_places_are_seen()
    {
        int tried = 0;
        foreach ((EntryPoint entry, Stage stage, int at) in Operations(Plan()))
        {
            Operation operation = stage.Operations[at];
            for (int i = 0; i + 1 < operation.Operands.Length; i++)
            {
                Operand a = operation.Operands[i];
                Operand b = operation.Operands[i + 1];
                Slot first = operation.Signature.Slots[i];
                Slot second = operation.Signature.Slots[i + 1];

                // Two that are read alike, two results, two numbers differ in their meaning alone; one that is both at once is itself.
                if ((a.Kind == OperandKind.Number && b.Kind == OperandKind.Number) || (first.Kind == second.Kind && (first.Role & Role.Updates) == (second.Role & Role.Updates) && first.Type == second.Type) || (a.Storage is not null && a.Storage == b.Storage))
                    continue;
                (operation.Operands[i], operation.Operands[i + 1]) = (b, a);
                Assert.True(Verifier.Verify(Last!).Count > 0, $"{entry.Name}: {operation.Signature} with {first.Name} and {second.Name} exchanged passes");
                (operation.Operands[i], operation.Operands[i + 1]) = (a, b);
                tried++;
            }
        }

        Assert.True(tried >= 80, $"only {tried} exchanges were tried");
    }

    [Fact]
    public void Another_arity_is_seen()
    {
        Program program = Plan();
        Stage stage = program.EntryPoints[0].Pass.Stages[0];
        Operation operation = stage.Operations[0];
        stage.Operations[0] = new Operation(operation.Signature, operation.Operands[..^1], null);
        Assert.Contains("takes", Assert.Single(Verifier.Verify(program).Take(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Storages_that_share_memory_are_seen()
    {
        Program program = Plan();
        Pass training = program.EntryPoints.Single(one => one.Name == "TrainStep").Pass;
        int tried = 0;
        foreach (Storage storage in training.Storages.Where(one => one.First >= 0))
        {
            Storage? neighbour = training.Storages.FirstOrDefault(one => one != storage && one.Home == storage.Home && one.First <= storage.Last && one.Last >= storage.First);
            if (neighbour is null)
                continue;
            long offset = storage.Offset;
            storage.Offset = neighbour.Offset;
            Assert.Contains(Verifier.Verify(program), one => one.Contains("share memory", StringComparison.Ordinal) || one.Contains("beyond", StringComparison.Ordinal));
            storage.Offset = offset;
            tried++;
        }

        Assert.True(tried >= 10, $"only {tried} storages were moved");
    }

    [Fact]
    public void A_layout_that_does_not_fit_is_seen()
    {
        Program program = Plan();
        Operation conv = program.EntryPoints[0].Pass.Operations.First(one => one.Signature == Dsl.Generator.Networks.Planning.Operations.Conv2d);
        Operand y = conv.Operands[4];
        conv.Operands[4] = Operand.View(y.Storage!, y.Layout with { Halo = new Halo(3, 3, 3, 3) });
        Assert.Contains(Verifier.Verify(program), one => one.Contains("is a view of", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Input(3, 8, 8), Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2), MaxPool2d(3, Stride = 1), Flatten, Linear(5), CrossEntropy, Adam]", 12)]
    [InlineData("[Input(40, 9, 8), Conv2d(40, 3, Padding = 1), DepthwiseConv2d(3), Conv2d(20, 3, Groups = 4), GlobalMaxPool2d, Linear(33), CrossEntropy, Adam]", 14)]
    public void A_storage_that_is_a_float_too_short_for_its_shape_is_seen(string declared, int least)
    {
        Program program = Planner.Plan(Reading.Network(declared));
        Assert.Empty(Verifier.Verify(program));
        int tried = 0;
        foreach (Operation operation in program.Preparation.Operations.Concat(program.EntryPoints.SelectMany(entry => entry.Pass.Stages).SelectMany(stage => stage.Operations)))
        {
            for (int i = 0; i < operation.Operands.Length; i++)
            {
                if (operation.Signature.Slots[i].Name is not ("prepared" or "preparedBackward" or "indices") || operation.Operands[i].Storage is not { } storage)
                    continue;
                Operand whole = operation.Operands[i];
                operation.Operands[i] = Operand.Buffer(storage, start: 1);
                Assert.Contains(Verifier.Verify(program), one => one.Contains(operation.Signature.Name + ": " + operation.Signature.Slots[i].Name + " wants", StringComparison.Ordinal));
                operation.Operands[i] = whole;
                tried++;
            }
        }

        Assert.True(tried >= least, $"only {tried} storages were cut");
    }

    [Fact]
    public void Ports_that_are_not_the_entry_points_own_are_seen()
    {
        Program program = Plan();
        EntryPoint predict = program.EntryPoints[0];
        Operation last = predict.Pass.Operations.Last();
        Storage output = last.Operands.Single(operand => operand.Storage?.Home == Home.Output).Storage!;
        output.Port = 1;
        Assert.Contains(Verifier.Verify(program), one => one.Contains("is port 1 of 1", StringComparison.Ordinal));
        Assert.Contains(Verifier.Verify(program), one => one.Contains("nothing sets output Linear1", StringComparison.Ordinal));
        output.Port = 0;
        Assert.Empty(Verifier.Verify(program));

        Storage input = predict.Pass.Operations.First().Operands.Concat(predict.Pass.Operations.SelectMany(one => one.Operands)).First(operand => operand.Storage?.Home == Home.Input).Storage!;
        List<EntryPoint> entries = [.. program.EntryPoints];
        entries[0] = predict with { Inputs = [predict.Inputs[0] with { Vocabulary = 3 }], Carried = [new Carry(0, 0)] };
        Assert.Contains(Verifier.Verify(program with { EntryPoints = entries }), one => one.Contains("is carried on to", StringComparison.Ordinal));
        entries[0] = predict with { Inputs = [predict.Inputs[0] with { Shape = predict.Outputs[0].Shape }] };
        Assert.Contains(Verifier.Verify(program with { EntryPoints = entries }), one => one.Contains($"is {input.Count} Float32 a sample at", StringComparison.Ordinal));
    }

    private Program? Last { get; set; }

    private Program Plan() => Last = Planner.Plan(Reading.Network(Declared));

    private static IEnumerable<(EntryPoint Entry, Stage Stage, int At)> Operations(Program program)
    {
        foreach (EntryPoint entry in program.EntryPoints)
        {
            foreach (Stage stage in entry.Pass.Stages)
            {
                for (int i = 0; i < stage.Operations.Count; i++)
                    yield return (entry, stage, i);
            }
        }
    }

    private static bool Reads(Operation reader, Operation writer)
    {
        for (int i = 0; i < writer.Operands.Length; i++)
        {
            if (writer.Operands[i].Storage is not { Home: not Home.Gradients } storage || (writer.Signature.Slots[i].Role & Role.Writes) == 0)
                continue;
            for (int k = 0; k < reader.Operands.Length; k++)
            {
                if (reader.Operands[k].Storage == storage && (reader.Signature.Slots[k].Role & Role.Reads) != 0)
                    return true;
            }
        }

        return false;
    }
}
