using System;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>The records and enums of the seam as C# that makes them.</summary>
internal static class ConstantText
{
    private const string Runtime = "global::Dsl.Runtime.";

    /// <summary>The type's name in the runtime's namespace.</summary>
    public static string NameOf(object constant) => constant is RowLayerOf ? "RowLayer" : constant.GetType().Name;

    /// <summary>Writes an expression of the constant's type.</summary>
    public static void Write(CodeWriter writer, object constant)
    {
        switch (constant)
        {
            case string text:
                writer.Append(Literal.Text(text));
                break;
            case Enum:
                writer.Append(Runtime).Append(NameOf(constant)).Append(".").Append(constant.ToString());
                break;
            case Epilogue { IsNone: true }:
                writer.Append("default");
                break;
            case DropoutLayerKey key:
                writer.Append($"new {Runtime}DropoutKey(Seed, {key.Layer}u, context.Step)");
                break;
            default:
                writer.Append("new ").Append(Runtime).Append(NameOf(constant)).Append("(");
                WriteArguments(writer, constant);
                writer.Append(")");
                break;
        }
    }

    /// <summary>Writes what makes the constant where its type is known: <c>new(...)</c>.</summary>
    public static void WriteInitializer(CodeWriter writer, object constant)
    {
        if (constant is RowLayerOf own)
        {
            writer.Append($"{Runtime}RowLayer.Of<{own.Type}>({own.Inputs})");
            return;
        }

        writer.Append("new(");
        WriteArguments(writer, constant);
        writer.Append(")");
    }

    private static void WriteArguments(CodeWriter writer, object constant)
    {
        switch (constant)
        {
            case Epilogue epilogue:
                Write(writer, epilogue.Function);
                if (epilogue.Parameter != 0)
                    writer.Append(", ").Append(Literal.Float(epilogue.Parameter));
                break;
            case LinearShape linear:
                Numbers(writer, linear.Inputs, linear.Outputs).Append(", ");
                Write(writer, linear.Epilogue);
                if (linear.InputChannels != 0)
                    writer.Append(", ").Append(linear.InputChannels);
                break;
            case RecurrentShape layer:
                Write(writer, layer.Cell);
                Numbers(writer.Append(", "), layer.Inputs, layer.Hidden, layer.Steps);
                if (layer.Directions != 1 || layer.Reverse)
                    writer.Append(", ").Append(layer.Directions).Append(layer.Reverse ? ", true" : "");
                break;
            case AttentionShape attention:
                Numbers(writer, attention.Heads, attention.Features, attention.Queries, attention.Keys);
                writer.Append($", {Literal.Bool(attention.IsCross)}, {Literal.Bool(attention.IsCausal)}");
                if (attention.Dropout != 0)
                    writer.Append(", ").Append(Literal.Float(attention.Dropout));
                break;
            case AttentionStepShape attention:
                Numbers(writer, attention.Heads, attention.Features, attention.Context);
                break;
            case PoolShape pool:
                Numbers(writer, pool.KernelHeight, pool.KernelWidth, pool.StrideHeight, pool.StrideWidth, pool.PaddingHeight, pool.PaddingWidth);
                break;
            case Permutation order:
                Numbers(writer, order.D0, order.D1, order.D2, order.D3, order.A0, order.A1, order.A2, order.A3);
                break;
            case LengthMap map:
                Numbers(writer, map.Kernel, map.Stride, map.Padding, map.Dilation);
                break;
            case Regularization added:
                writer.Append($"{Literal.Float(added.ClipNorm)}, {Literal.Float(added.WeightDecay)}, {Literal.Float(added.L1)}");
                break;
            case Conv2dShape conv:
                WriteArguments(writer, conv);
                break;
            case Layout layout:
                WriteArguments(writer, layout);
                break;
            default:
                throw new InvalidOperationException($"A {constant.GetType().Name} has no C#.");
        }
    }

    private static void WriteArguments(CodeWriter writer, Conv2dShape conv)
    {
        Numbers(
            writer,
            conv.InputChannels,
            conv.OutputChannels,
            conv.KernelHeight,
            conv.KernelWidth,
            conv.StrideHeight,
            conv.StrideWidth,
            conv.PaddingTop,
            conv.PaddingLeft,
            conv.DilationHeight,
            conv.DilationWidth,
            conv.Groups,
            conv.ConvHeight,
            conv.ConvWidth);
        Write(writer.Append(", "), conv.Algorithm);
        Write(writer.Append(", "), conv.Epilogue);
        if (conv.Pool.IsGiven)
            Write(writer.Append(", "), conv.Pool);
    }

    private static void WriteArguments(CodeWriter writer, Layout layout)
    {
        bool isVector = layout.Height * (long)layout.Width == 1;
        Halo halo = layout.Halo;
        if (isVector && halo.IsNone)
            writer.Append(layout.Channels);
        else
            Numbers(writer, layout.Channels, layout.Height, layout.Width);
        if (!halo.IsNone)
            Numbers(writer.Append(", "), halo.Top, halo.Left, halo.Bottom, halo.Right);
    }

    private static CodeWriter Numbers(CodeWriter writer, params int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            writer.Append(i == 0 ? "" : ", ").Append(numbers[i]);
        return writer;
    }
}
