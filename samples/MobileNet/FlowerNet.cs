using System;
using Dsl;

namespace MobileNet;

/// <summary>MobileNetV2 with another head: of its photos only the last layer learns, and nothing before it has a gradient.</summary>
[Model, Input(3, 224, 224)]
[Use<MobileNetBody>(Trainable = false), Dropout(0.2), Linear(5)]
[CrossEntropy, Adam(3e-3)]
public partial class FlowerNet
{
    /// <summary>Takes what a network has learned of ImageNet; the head stays as it is.</summary>
    public void TakeBody(MobileNetV2 trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        foreach (Parameter parameter in Parameters)
        {
            if (parameter.Name.StartsWith(nameof(Use1) + ".", StringComparison.Ordinal))
                trained.Parameters[parameter.Name].Values.CopyTo(parameter.Values);
        }
    }
}

/// <summary>The plain baseline: a linear classifier of a thumbnail.</summary>
[Model, Input(3, 16, 16)]
[Flatten, Linear(5)]
[CrossEntropy, Adam(3e-3)]
public partial class ThumbnailNet;
