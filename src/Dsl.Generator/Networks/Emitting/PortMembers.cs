using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>The shapes and the batch types of inputs and outputs.</summary>
internal static class PortMembers
{
    public static ModelPart Shapes { get; } = new(["InputShape", "OutputShape"], WriteShapes);

    public static ModelPart Batches { get; } = new(["InputBatch", "OutputBatch"], WriteBatches);

    private static void WriteShapes(ModelContext context)
    {
        foreach (Port port in context.Ports)
        {
            if (!context.Names.IsFree(port.ShapeMember))
                continue;
            string value = port.Shape.IsKnown && !context.Throws ? $"new int[] {{ {string.Join(", ", port.Shape.ToArray())} }}" : context.Names.Throw;
            context.Writer.Line($"public static global::System.ReadOnlySpan<int> {port.Prefix}Shape => {value};");
        }

        context.Writer.Line();
    }

    private static void WriteBatches(ModelContext context)
    {
        CodeWriter writer = context.Writer;
        foreach (Port port in context.Ports)
        {
            string type = context.Names.TypeOf(port.Batch);
            writer.Open($"public sealed class {type} : global::Dsl.SampleBatch<{port.Type}>");
            if (context.Throws)
            {
                writer.Line($"public {type}(int count) : base(1, 1) => {context.Names.Throw};");
                writer.Line($"public {type}({port.Type}[] values) : base(1, 1) => {context.Names.Throw};");
            }
            else
            {
                string size = Literal.Int(port.Shape.Count);
                writer.Line($"public {type}(int count) : base(count, {size}) {{ }}");
                writer.Line($"public {type}({port.Type}[] values) : base(values, {size}) {{ }}");
            }

            writer.Close();
        }

        writer.Line();
    }
}
