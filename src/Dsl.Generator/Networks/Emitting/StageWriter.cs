using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints operations as methods. A stage is cut into methods of at most <see cref="OperationsPerMethod"/> calls: the JIT compiles a method of some
/// thousand basic blocks without optimisation, and no attribute changes that.
/// </summary>
internal sealed class StageWriter(CodeWriter writer, ConstantFields constants, Program program)
{
    private const int OperationsPerMethod = 20;

    // The locals of a method: few enough to look through.
    private readonly List<(Storage Storage, Layout Layout, string Name)> views = [];
    private readonly List<(Storage Storage, string Name)> buffers = [];
    private readonly List<string> names = [];

    // In a class with a type of that name in reach, var is that type.
    private readonly bool isVarTaken = program.Network.Declaration.Knows("var");

    /// <summary>A stage as one method, or as one that calls several.</summary>
    /// <param name="declaration">Modifiers and return type.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="hasContext">False for the preparation of inference, which has no batch.</param>
    /// <param name="operations">What it does.</param>
    public void Method(string declaration, string name, bool hasContext, List<Operation> operations)
    {
        string parameter = hasContext ? "global::Dsl.Runtime.StepContext context" : "";
        string argument = hasContext ? "context" : "";
        if (operations.Count <= OperationsPerMethod)
        {
            Body(declaration, name, parameter, hasContext, operations, 0, operations.Count);
            return;
        }

        int parts = (operations.Count + OperationsPerMethod - 1) / OperationsPerMethod;
        writer.Open($"{declaration} {name}({parameter})");
        for (int i = 1; i <= parts; i++)
            writer.Line($"{name}{i}({argument});");
        writer.Close();
        writer.Line();
        for (int i = 0; i < parts; i++)
        {
            int start = operations.Count * i / parts;
            int end = operations.Count * (i + 1) / parts;
            Body("private void", name + Literal.Int(i + 1), parameter, hasContext, operations, start, end);
            if (i < parts - 1)
                writer.Line();
        }
    }

    private void Body(string declaration, string name, string parameter, bool hasContext, List<Operation> operations, int start, int end)
    {
        views.Clear();
        buffers.Clear();
        names.Clear();
        if (hasContext)
            writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        writer.Open($"{declaration} {name}({parameter})");
        if (hasContext && end > start)
            writer.Line("int batch = context.Batch;");
        for (int i = start; i < end; i++)
            Write(operations[i]);
        writer.Close();
    }

    private void Write(Operation operation)
    {
        if (operation.Comment is { } comment)
        {
            writer.Line();
            writer.Line($"// {comment}");
        }

        for (int i = 0; i < operation.Operands.Length; i++)
            Declare(in operation.Operands[i]);
        writer.Begin();
        writer.Append(operation.Condition switch
        {
            Condition.WhenCounting => "if (context.CountsCorrect) ",
            Condition.WhenTraced => "if (context.IsTraced) ",
            Condition.WhenInputGradients => "if (context.WantsInputGradients) ",
            _ => "",
        });
        writer.Append(operation.Signature.IsProgram ? "" : "TBackend.").Append(operation.Signature.Name).Append("(");
        for (int i = 0; i < operation.Operands.Length; i++)
        {
            ref readonly Operand operand = ref operation.Operands[i];
            Slot slot = operation.Signature.Slots[i];
            writer.Append(i == 0 ? "" : ", ");
            if (operand.IsConditional)
                writer.Append("context.WantsInputGradients ? ");
            Write(in operand, slot);
            if (operand.IsConditional)
                writer.Append(" : ").Append(NoneOf(slot));
        }

        writer.Append(");").End();
    }

    private void Write(in Operand operand, Slot parameter)
    {
        switch (operand.Kind)
        {
            case OperandKind.None:
                writer.Append(NoneOf(parameter));
                break;
            case OperandKind.Buffer:
                WriteBuffer(operand.Storage!, operand.Number);
                if (operand.PerStep != 0)
                    writer.Append(" + ").Append(operand.PerStep).Append("L * context.Position");
                break;
            case OperandKind.View:
                writer.Append(ViewOf(operand.Storage!, operand.Layout)!);
                break;
            case OperandKind.Constant:
                if (operand.Name is { } name)
                    writer.Append(constants.Of(operand.Constant!, name));
                else
                    ConstantText.Write(writer, operand.Constant!);
                break;
            case OperandKind.Number:
                writer.Append(operand.Number);
                break;
            case OperandKind.Real:
                writer.Append(Literal.Float((float)operand.Real));
                break;
            case OperandKind.Flag:
                writer.Append(Literal.Bool(operand.Number != 0));
                break;
            case OperandKind.PerSample:
                writer.Append("batch");
                if (operand.Number != 1)
                    writer.Append(" * ").Append(operand.Number).Append(parameter.Kind == SlotKind.LongCount ? "L" : "");
                break;
            default:
                writer.Append((RunValue)operand.Number switch
                {
                    RunValue.LearningRate => "context.LearningRate",
                    RunValue.StepFromOne => "context.Step + 1",
                    RunValue.Position => "context.Position",
                    _ => "context",
                });
                break;
        }
    }

    private static string NoneOf(Slot parameter) => parameter.Kind == SlotKind.Floats ? "None" : "default";

    private void WriteBuffer(Storage storage, long start)
    {
        if (BufferOf(storage) is { } local)
            writer.Append(local);
        else
            WritePlace(storage);
        if (start != 0)
            writer.Append(" + ").Append(start);
    }

    private string? ViewOf(Storage storage, Layout layout)
    {
        foreach ((Storage known, Layout its, string name) in views)
        {
            if (known == storage && its == layout)
                return name;
        }

        return null;
    }

    private string? BufferOf(Storage storage)
    {
        foreach ((Storage known, string name) in buffers)
        {
            if (known == storage)
                return name;
        }

        return null;
    }

    private void Declare(in Operand operand)
    {
        if (operand.Storage is not { } storage)
            return;
        if (operand.Kind == OperandKind.Buffer)
        {
            DeclareBuffer(storage);
        }
        else if (ViewOf(storage, operand.Layout) is null)
        {
            string name = Unique(storage.Name + "View");
            writer.Begin();
            writer.Append($"{TypeOf("TensorView")} {name} = View(");
            WritePlace(storage);
            writer.Append(", ").Append(constants.Of(operand.Layout)).Append(");").End();
            views.Add((storage, operand.Layout, name));
        }
    }

    private void DeclareBuffer(Storage storage)
    {
        // What the program or the context has under a name of its own needs no local.
        if (storage.IsWhole || storage.Home is Home.Parameters or Home.Gradients || BufferOf(storage) is not null)
            return;
        string name = Unique(storage.Name + "Data");
        writer.Begin();
        writer.Append($"{TypeOf(Of(storage, "FloatBuffer", "IntBuffer"))} {name} = ");
        WritePlace(storage);
        writer.Append(";").End();
        buffers.Add((storage, name));
    }

    private string TypeOf(string type) => isVarTaken ? "global::Dsl.Runtime." + type : "var";

    /// <summary>What the runtime has apart for each type of elements.</summary>
    private static string Of(Storage storage, string floats, string ints) => storage.Element == ElementType.Int32 ? ints : floats;

    private void WritePlace(Storage storage)
    {
        switch (storage.Home)
        {
            case Home.Input:
                Indexed(Of(storage, "context.Inputs[", "context.IntInputs["), storage.Port, "]");
                break;
            case Home.Output:
                Indexed("context.Outputs[", storage.Port, "]");
                break;
            case Home.Kept:
                Indexed("context.Kept[", storage.Port, "]");
                break;
            case Home.Labels:
                writer.Append("context.Labels");
                break;
            case Home.Targets:
                writer.Append("context.Targets");
                break;
            case Home.Loss:
                writer.Append("context.Loss");
                break;
            case Home.Correct:
                writer.Append("context.Correct");
                break;
            case Home.OutputGradient:
                writer.Append("context.OutputGradient");
                break;
            case Home.InputGradient:
                Indexed("context.InputGradients[", storage.Port, "]");
                break;
            case Home.Verdict:
                writer.Append("context.Verdict");
                break;
            case Home.State:
                Indexed("State(", storage.Port, ")");
                break;
            case Home.Parameters when storage.IsWhole:
                writer.Append("Parameters");
                break;
            case Home.Parameters:
                Indexed("Parameters + ", storage.Offset, "");
                break;
            case Home.Gradients when storage.IsWhole:
                writer.Append("Gradients");
                break;
            case Home.Gradients:
                Indexed("Gradients + ", storage.Offset, "");
                break;
            case Home.Prepared:
                Indexed("Prepared + ", storage.Offset, "");
                break;
            case Home.Fixed:
                Indexed(Of(storage, "context.Fixed + ", "context.FixedInts + "), storage.Offset, "");
                break;
            default:
                Indexed(Of(storage, "context.Samples + ", "context.SampleInts + "), storage.Offset, "L * batch");
                break;
        }
    }

    private void Indexed(string before, long number, string after) => writer.Append(before).Append(number).Append(after);

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; names.Contains(unique); i++)
            unique = name + Literal.Int(i);
        names.Add(unique);
        return unique;
    }
}
