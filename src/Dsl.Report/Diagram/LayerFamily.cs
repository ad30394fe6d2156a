using System;
using System.Linq;

namespace Dsl.Report;

/// <summary>Layers that a diagram draws alike. Each has a colour of its own in the style sheet, by its name in small letters.</summary>
internal enum LayerFamily
{
    Input,
    Convolution,
    Linear,
    Recurrent,
    Attention,
    Embedding,
    Norm,
    Activation,
    Pooling,
    Merging,
    Rearranging,
    Other,
}

/// <summary>Which family a layer is of, by its name in the language.</summary>
internal static class LayerFamilies
{
    private static readonly (string Part, LayerFamily Family)[] ByPartOfName =
    [
        ("Conv", LayerFamily.Convolution),
        ("Pool", LayerFamily.Pooling),
        ("Norm", LayerFamily.Norm),
        ("Attention", LayerFamily.Attention),
        ("Transformer", LayerFamily.Attention),
        ("Embedding", LayerFamily.Embedding),
        ("Position", LayerFamily.Embedding),
    ];

    private static readonly (LayerFamily Family, string[] Names)[] ByName =
    [
        (LayerFamily.Input, ["Input", "Tokens"]),
        (LayerFamily.Linear, ["Linear"]),
        (LayerFamily.Recurrent, ["RNN", "LSTM", "GRU"]),
        (LayerFamily.Pooling, ["LastStep"]),
        (LayerFamily.Merging, ["Add", "Multiply", "Concat"]),
        (LayerFamily.Rearranging, ["Flatten", "Reshape", "Permute", "Upsample2d", "ZeroPad2d"]),
        (LayerFamily.Activation,
            ["ReLU", "ReLU6", "LeakyReLU", "ELU", "GELU", "SiLU", "Sigmoid", "Tanh", "Softplus", "HardSwish", "HardSigmoid", "Softmax", "LogSoftmax", "Dropout", "GaussianSample"]),
    ];

    /// <summary>The family of a layer.</summary>
    /// <param name="layer">Its name as declared: <c>Conv2d</c>.</param>
    public static LayerFamily Of(string layer)
    {
        foreach ((LayerFamily family, string[] names) in ByName)
        {
            if (names.Contains(layer))
                return family;
        }

        foreach ((string part, LayerFamily family) in ByPartOfName)
        {
            if (layer.Contains(part, StringComparison.Ordinal))
                return family;
        }

        return LayerFamily.Other;
    }

    /// <summary>Whether layers of the family only change the values of the one before them, so that a diagram draws them as one.</summary>
    public static bool Follows(LayerFamily family) => family is LayerFamily.Norm or LayerFamily.Activation;
}
