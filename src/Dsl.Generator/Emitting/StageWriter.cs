using System.Collections.Generic;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Emitting;

/// <summary>
/// Prints operations as methods. A stage is cut into methods of at most <see cref="OperationsPerMethod"/> calls: the JIT compiles a method of some
/// thousand basic blocks without optimisation, and no attribute changes that.
/// </summary>
internal sealed class StageWriter(CodeWriter writer, NetworkCode code)
{
    private const int OperationsPerMethod = 40;

    private readonly Dictionary<(Storage, Layout), string> views = [];
    private readonly Dictionary<Storage, string> buffers = [];
    private readonly HashSet<string> names = [];

    // In a class with a type of that name in reach, var is that type.
    private readonly bool isVarTaken = code.Network.Declaration.Knows("var");

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
        if (operation.Condition is { } condition)
            writer.Append("if (").Append(condition).Append(") ");
        writer.Append(operation.Method).Append("(");
        for (int i = 0; i < operation.Operands.Length; i++)
            writer.Append(i == 0 ? "" : ", ").Append(TextOf(operation.Operands[i]));
        writer.Append(");").End();
    }

    private string TextOf(Operand operand) => operand.Kind switch
    {
        ArgumentKind.Text => operand.Text,
        ArgumentKind.Buffer => operand.Start == 0 ? buffers[operand.Storage!] : buffers[operand.Storage!] + " + " + Literal.Int(operand.Start),
        _ => views[(operand.Storage!, operand.Layout)],
    };

    private void Declare(Operand operand)
    {
        if (operand.Storage is not { } storage)
            return;
        if (operand.Kind == ArgumentKind.Buffer)
        {
            DeclareBuffer(storage);
        }
        else if (!views.ContainsKey((storage, operand.Layout)))
        {
            string name = Unique(storage.Name + "View");
            writer.Begin();
            writer.Append(TypeOf("TensorView")).Append(" ").Append(name).Append(" = View(");
            AppendPlace(storage);
            writer.Append(", ").Append(LayoutField(operand.Layout)).Append(");").End();
            views.Add((storage, operand.Layout), name);
        }
    }

    private void DeclareBuffer(Storage storage)
    {
        if (buffers.ContainsKey(storage))
            return;
        string name = Unique(storage.Name + "Data");
        writer.Begin();
        writer.Append(TypeOf("FloatBuffer")).Append(" ").Append(name).Append(" = ");
        AppendPlace(storage);
        writer.Append(";").End();
        buffers.Add(storage, name);
    }

    private string TypeOf(string type) => isVarTaken ? "global::Dsl.Runtime." + type : "var";

    private void AppendPlace(Storage storage)
    {
        switch (storage.Home)
        {
            case Home.Input:
                writer.Append("context.Inputs[").Append(storage.Port).Append("]");
                break;
            case Home.Output:
                writer.Append("context.Outputs[").Append(storage.Port).Append("]");
                break;
            case Home.Prepared:
                writer.Append("Prepared + ").Append(storage.Offset);
                break;
            case Home.Fixed:
                writer.Append("context.Fixed + ").Append(storage.Offset);
                break;
            default:
                writer.Append("context.Samples + ").Append(storage.Offset).Append("L * batch");
                break;
        }
    }

    private string LayoutField(Layout layout)
    {
        string name = layout.Height * (long)layout.Width == 1
            ? "vector" + Literal.Int(layout.Channels)
            : $"image{Literal.Int(layout.Channels)}x{Literal.Int(layout.Height)}x{Literal.Int(layout.Width)}";
        string size = layout.Height * (long)layout.Width == 1
            ? $"new({Literal.Int(layout.Channels)})"
            : $"new({Literal.Int(layout.Channels)}, {Literal.Int(layout.Height)}, {Literal.Int(layout.Width)})";
        if (!layout.Halo.IsNone)
        {
            Halo halo = layout.Halo;
            name += "Halo";
            size = $"{size.Substring(0, size.Length - 1)}{(layout.Height * (long)layout.Width == 1 ? ", 1, 1" : "")}, {Literal.Int(halo.Top)}, {Literal.Int(halo.Left)}, {Literal.Int(halo.Bottom)}, {Literal.Int(halo.Right)})";
        }

        return code.Field("TensorLayout", name, size);
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !names.Add(unique); i++)
            unique = name + Literal.Int(i);
        return unique;
    }
}
