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

    /// <summary>The type's name in C#.</summary>
    public static string TypeOf(object constant) => Runtime + (constant is RowLayerOf ? "RowLayer" : constant.GetType().Name);

    /// <summary>An expression of the constant's type.</summary>
    public static string Of(object constant) => constant switch
    {
        string text => Literal.Text(text),
        Enum => TypeOf(constant) + "." + constant,
        Epilogue { IsNone: true } => "default",
        DropoutLayerKey key => $"new {Runtime}DropoutKey(Seed, {Literal.Int(key.Layer)}u, context.Step)",
        _ => $"new {TypeOf(constant)}({ArgumentsOf(constant)})",
    };

    /// <summary>What makes the constant where its type is known: <c>new(...)</c>.</summary>
    public static string Initializer(object constant) => constant is RowLayerOf own ? $"{Runtime}RowLayer.Of<{own.Type}>({Literal.Int(own.Inputs)})" : $"new({ArgumentsOf(constant)})";

    private static string ArgumentsOf(object constant) => constant switch
    {
        Epilogue epilogue => Of(epilogue.Function) + (epilogue.Parameter == 0 ? "" : ", " + Literal.Float(epilogue.Parameter)),
        LinearShape linear => Numbers(linear.Inputs, linear.Outputs) + ", " + Of(linear.Epilogue) + (linear.InputChannels == 0 ? "" : ", " + Literal.Int(linear.InputChannels)),
        RecurrentShape layer => Of(layer.Cell) + ", " + Numbers(layer.Inputs, layer.Hidden, layer.Steps)
            + (layer.Directions == 1 && !layer.Reverse ? "" : ", " + Literal.Int(layer.Directions) + (layer.Reverse ? ", true" : "")),
        AttentionShape attention => Numbers(attention.Heads, attention.Features, attention.Queries, attention.Keys)
            + $", {Literal.Bool(attention.IsCross)}, {Literal.Bool(attention.IsCausal)}{(attention.Dropout == 0 ? "" : ", " + Literal.Float(attention.Dropout))}",
        AttentionStepShape attention => Numbers(attention.Heads, attention.Features, attention.Context),
        PoolShape pool => Numbers(pool.KernelHeight, pool.KernelWidth, pool.StrideHeight, pool.StrideWidth, pool.PaddingHeight, pool.PaddingWidth),
        Permutation order => Numbers(order.D0, order.D1, order.D2, order.D3, order.A0, order.A1, order.A2, order.A3),
        LengthMap map => Numbers(map.Kernel, map.Stride, map.Padding, map.Dilation),
        Regularization added => $"{Literal.Float(added.ClipNorm)}, {Literal.Float(added.WeightDecay)}, {Literal.Float(added.L1)}",
        Conv2dShape conv => Numbers(
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
                conv.ConvWidth)
            + $", {Of(conv.Algorithm)}, {Of(conv.Epilogue)}{(conv.Pool.IsGiven ? ", " + Of(conv.Pool) : "")}",
        Layout layout => ArgumentsOf(layout),
        _ => throw new InvalidOperationException($"A {constant.GetType().Name} has no C#."),
    };

    private static string ArgumentsOf(Layout layout)
    {
        bool isVector = layout.Height * (long)layout.Width == 1;
        Halo halo = layout.Halo;
        string size = isVector && halo.IsNone ? Literal.Int(layout.Channels) : Numbers(layout.Channels, layout.Height, layout.Width);
        return halo.IsNone ? size : size + ", " + Numbers(halo.Top, halo.Left, halo.Bottom, halo.Right);
    }

    private static string Numbers(params int[] numbers) => string.Join(", ", Array.ConvertAll(numbers, number => Literal.Int(number)));
}
