using System;
using System.Collections.Generic;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Values in the layouts that their readers want. Readers that want the same layout share one conversion.</summary>
/// <param name="lowering">Where conversions go.</param>
/// <param name="haloOf">The halo that readers of a value's image want.</param>
internal sealed class Conversions(Lowering lowering, Func<Tensor, Halo> haloOf)
{
    private readonly Dictionary<(Storage, Layout), Tensor> made = [];
    private Dictionary<(Storage, float), Tensor>? masked;

    /// <summary>The tensor in the row-major, channels-first order that a user sees.</summary>
    public Tensor Plain(Tensor x)
    {
        if (x.Layout.IsPlain)
            return x.Layout == Layout.Flat(x.Layout.Count) ? x : x.Reinterpret(x.Name, x.Shape, Layout.Flat(x.Layout.Count));
        return Convert(
            x,
            x.Name + "Plain",
            Layout.Flat(x.Layout.Count),
            (from, to) => lowering.Call(Operations.ToChannelsFirst, Operand.View(from), Operand.Buffer(to), Operand.Batch),
            (from, to, layout) => lowering.Call(Operations.ToChannelsLast, Operand.Buffer(from), Operand.View(to, layout), Operand.Batch));
    }

    /// <summary>A tensor of shape C×H×W as a channels-last image. Its halo is what its maker was asked for, or none.</summary>
    public Tensor Image(Tensor x)
    {
        Layout image = Layout.Image(x.Shape[0], x.Shape[1], x.Shape[2]);
        if (x.Layout with { Halo = default } == image)
            return x;
        if (image.IsPlain)
            return x.Reinterpret(x.Name, x.Shape, image);
        return Convert(
            x,
            x.Name + "Image",
            image with { Halo = haloOf(x) },
            (from, to) => lowering.Call(Operations.ToChannelsLast, Operand.Buffer(from), Operand.View(to), Operand.Batch),
            (from, to, _) => lowering.Call(Operations.ToChannelsFirst, Operand.View(from, image), Operand.Buffer(to), Operand.Batch));
    }

    /// <summary>The tensor without a halo, in whatever order it has.</summary>
    public Tensor Contiguous(Tensor x)
    {
        if (x.Layout.Halo.IsNone)
            return x;
        Layout bare = x.Layout with { Halo = default };
        return Convert(
            x,
            x.Name + "Dense",
            bare,
            (from, to) => lowering.Call(Operations.Copy, Operand.View(from), Operand.View(to), Operand.Batch),
            (from, to, layout) => lowering.Call(Operations.Copy, Operand.View(from, bare), Operand.View(to, layout), Operand.Batch));
    }

    /// <summary>The steps of a sequence, as they lie, with a value in place of those that are not a sample's own. Readers that want the same value share one.</summary>
    public Tensor OwnSteps(Tensor x, Storage lengths, float beyond)
    {
        if (masked is not null && masked.TryGetValue((x.Storage, beyond), out Tensor known))
            return known;
        bool needsGradient = lowering.Training && x.Gradient.IsNeeded;
        string name = x.Name + (beyond == 0 ? "Own" : "Filled");
        Tensor y = new(name, x.Shape, x.Layout, lowering.NewSamples(name, x.Layout.Floats), needsGradient);
        Mask(x.Storage, y.Storage, beyond);
        (masked ??= []).Add((x.Storage, beyond), y);
        if (needsGradient)
            lowering.OnBackward(y, gradient => lowering.WriteGradientInPlace(x, gradient, dx => Mask(gradient, dx, 0)));
        return y;

        void Mask(Storage from, Storage to, float value) =>
            lowering.Call(Operations.MaskSteps, Operand.Buffer(from), Operand.Buffer(lengths), value, Operand.Buffer(to), x.Shape[0], x.Shape[1], Operand.Batch);
    }

    private Tensor Convert(Tensor x, string name, Layout layout, Action<Tensor, Tensor> forward, Action<Storage, Storage, Layout> backward)
    {
        if (made.TryGetValue((x.Storage, layout), out Tensor known))
            return known.Shape == x.Shape ? known : known.Reinterpret(x.Name, x.Shape, layout);
        bool needsGradient = lowering.Training && x.Gradient.IsNeeded;
        Tensor y = new(name, x.Shape, layout, lowering.NewSamples(name, layout.Floats), needsGradient);
        forward(x, y);
        made.Add((x.Storage, layout), y);
        if (needsGradient)
            lowering.OnBackward(y, gradient => lowering.WriteGradient(x, dx => backward(gradient, dx, x.Layout with { Halo = default })));
        return y;
    }
}
