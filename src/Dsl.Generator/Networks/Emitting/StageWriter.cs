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

    private readonly Dictionary<(Storage, Layout), string> views = [];
    private readonly Dictionary<Storage, string> buffers = [];
    private readonly HashSet<string> names = [];

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
            writer.Line($"{name}{Literal.Int(i)}({argument});");
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
            writer.Line("// " + comment);
        }

        foreach (Operand operand in operation.Operands)
            Declare(operand);
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
            Operand operand = operation.Operands[i];
            Slot slot = operation.Signature.Slots[i];
            string text = TextOf(operand, slot);
            writer.Append(i == 0 ? "" : ", ").Append(operand.IsConditional ? $"context.WantsInputGradients ? {text} : {NoneOf(slot)}" : text);
        }

        writer.Append(");").End();
    }

    private string TextOf(Operand operand, Slot parameter) => operand.Kind switch
    {
        OperandKind.None => NoneOf(parameter),
        OperandKind.Buffer => BufferText(operand.Storage!, operand.Number) + (operand.PerStep == 0 ? "" : $" + {Literal.Int(operand.PerStep)}L * context.Position"),
        OperandKind.View => views[(operand.Storage!, operand.Layout)],
        OperandKind.Constant => operand.Name is { } name ? constants.Of(operand.Constant!, name) : ConstantText.Of(operand.Constant!),
        OperandKind.Number => Literal.Int(operand.Number),
        OperandKind.Real => Literal.Float((float)operand.Real),
        OperandKind.Flag => Literal.Bool(operand.Number != 0),
        OperandKind.PerSample when operand.Number == 1 => "batch",
        OperandKind.PerSample => "batch * " + Literal.Int(operand.Number) + (parameter.Kind == SlotKind.LongCount ? "L" : ""),
        _ => (RunValue)operand.Number switch
        {
            RunValue.LearningRate => "context.LearningRate",
            RunValue.StepFromOne => "context.Step + 1",
            RunValue.Position => "context.Position",
            _ => "context",
        },
    };

    private static string NoneOf(Slot parameter) => parameter.Kind == SlotKind.Floats ? "None" : "default";

    private string BufferText(Storage storage, long start)
    {
        string place = buffers.TryGetValue(storage, out string local) ? local : PlaceOf(storage);
        return start == 0 ? place : place + " + " + Literal.Int(start);
    }

    private void Declare(Operand operand)
    {
        if (operand.Storage is not { } storage)
            return;
        if (operand.Kind == OperandKind.Buffer)
        {
            DeclareBuffer(storage);
        }
        else if (!views.ContainsKey((storage, operand.Layout)))
        {
            string name = Unique(storage.Name + "View");
            writer.Begin();
            writer.Append(TypeOf("TensorView")).Append(" ").Append(name).Append(" = View(").Append(PlaceOf(storage)).Append(", ").Append(constants.Of(operand.Layout)).Append(");").End();
            views.Add((storage, operand.Layout), name);
        }
    }

    private void DeclareBuffer(Storage storage)
    {
        // What the program or the context has under a name of its own needs no local.
        if (buffers.ContainsKey(storage) || storage.IsWhole || storage.Home is Home.Parameters or Home.Gradients)
            return;
        string name = Unique(storage.Name + "Data");
        writer.Begin();
        writer.Append(TypeOf(Of(storage, "FloatBuffer", "IntBuffer"))).Append(" ").Append(name).Append(" = ").Append(PlaceOf(storage)).Append(";").End();
        buffers.Add(storage, name);
    }

    private string TypeOf(string type) => isVarTaken ? "global::Dsl.Runtime." + type : "var";

    /// <summary>What the runtime has apart for each type of elements.</summary>
    private static string Of(Storage storage, string floats, string ints) => storage.Element == ElementType.Int32 ? ints : floats;

    private static string PlaceOf(Storage storage) => storage.Home switch
    {
        Home.Input => $"context.{Of(storage, "Inputs", "IntInputs")}[{Literal.Int(storage.Port)}]",
        Home.Output => $"context.Outputs[{Literal.Int(storage.Port)}]",
        Home.Kept => $"context.Kept[{Literal.Int(storage.Port)}]",
        Home.Labels => "context.Labels",
        Home.Targets => "context.Targets",
        Home.Loss => "context.Loss",
        Home.Correct => "context.Correct",
        Home.OutputGradient => "context.OutputGradient",
        Home.InputGradient => $"context.InputGradients[{Literal.Int(storage.Port)}]",
        Home.Verdict => "context.Verdict",
        Home.State => $"State({Literal.Int(storage.Port)})",
        Home.Parameters => storage.IsWhole ? "Parameters" : "Parameters + " + Literal.Int(storage.Offset),
        Home.Gradients => storage.IsWhole ? "Gradients" : "Gradients + " + Literal.Int(storage.Offset),
        Home.Prepared => "Prepared + " + Literal.Int(storage.Offset),
        Home.Fixed => $"context.{Of(storage, "Fixed", "FixedInts")} + {Literal.Int(storage.Offset)}",
        _ => $"context.{Of(storage, "Samples", "SampleInts")} + {Literal.Int(storage.Offset)}L * batch",
    };

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !names.Add(unique); i++)
            unique = name + Literal.Int(i);
        return unique;
    }
}
