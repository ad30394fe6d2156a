using System.Collections.Generic;
using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

/// <summary>Weights of a network on <see cref="CpuBackend"/> whose plain values are gone: inference reads the prepared ones, and the plain ones can be made of these again, bit for bit.</summary>
internal sealed unsafe class HeldWeights
{
    private readonly List<Held> all = [];

    /// <summary>Gives a linear layer's weights up, if they can be had again.</summary>
    /// <param name="shape">What they were prepared for.</param>
    /// <param name="weight">The plain ones.</param>
    /// <param name="scale">What each output's were multiplied by, or none.</param>
    /// <param name="prepared">The prepared ones.</param>
    public void Hold(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) =>
        Hold(new Held { Linear = shape, Weight = weight, Scale = scale, Prepared = prepared }, shape.Outputs, shape.Inputs);

    /// <summary>Gives a convolution's weights up, if they can be had again.</summary>
    /// <inheritdoc cref="Hold(in LinearShape, FloatBuffer, FloatBuffer, FloatBuffer)"/>
    public void Hold(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        if (!WinogradChoice.Takes(shape))
            Hold(new Held { Convolution = shape, IsConvolution = true, Weight = weight, Scale = scale, Prepared = prepared }, shape.OutputChannels, ConvWeights.ForwardDepth(shape));
    }

    /// <summary>Makes all plain weights again, where they lay.</summary>
    public void Restore()
    {
        foreach (Held held in all)
        {
            if (held.IsConvolution)
                ConvWeights.Unpack(held.Convolution, held.Prepared.Pointer, held.Weight.Pointer);
            else
                GemmLinear.Unpack(held.Linear, held.Prepared.Pointer, held.Weight.Pointer);
            held.Remainder?.Restore(held.Weight.Pointer, held.Scale.Pointer);
        }

        all.Clear();
    }

    private void Hold(Held held, int rows, int columns)
    {
        if (!held.Scale.IsNone)
        {
            held.Remainder = ScaleRemainder.Of(held.Weight.Pointer, held.Scale.Pointer, rows, columns);
            if (held.Remainder is null)
                return;
        }

        if (Pages.GiveBack(held.Weight.Pointer, (nint)rows * columns * sizeof(float)))
            all.Add(held);
    }

    private struct Held
    {
        public LinearShape Linear;
        public Conv2dShape Convolution;
        public bool IsConvolution;
        public FloatBuffer Weight;
        public FloatBuffer Scale;
        public FloatBuffer Prepared;
        public ScaleRemainder? Remainder;
    }
}
