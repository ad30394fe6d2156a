namespace Dsl.Runtime.Kernels;

/// <summary>What the gradients of a convolution share: the gradient of its own output, the bias, and the sum of groups.</summary>
internal static unsafe class ConvGradient
{
    /// <summary>
    /// The gradient of the convolution's output for sample <paramref name="n"/>, before epilogue and pool, inside at least the given ring of zeros: dy itself
    /// where that is it, else in the workspace.
    /// </summary>
    public static TensorView Output(in Conv2dShape shape, in TensorView y, byte* indices, in TensorView dy, int n, in ConvHalo halo, in Workspace.Scope scope)
    {
        if (!shape.Pool.IsGiven)
            return BeforeEpilogue(shape.Epilogue, y, dy, n, halo, scope);

        TensorView gradient = ConvImage.Sample(dy, n);
        bool isIdentity = shape.Epilogue.Function == UnaryFunction.Identity;
        TensorView saved = isIdentity ? gradient : ConvImage.Sample(y, n);
        TensorLayout interior = new(shape.OutputChannels, shape.ConvHeight, shape.ConvWidth);
        TensorView result = ConvImage.Take(ConvImage.WithHalo(interior, halo), scope);
        // Of few elements first: the chosen element's derivative is that of the pooled value.
        if (!isIdentity)
            Unary.Backward(shape.Epilogue, saved, gradient, gradient, 1);
        byte* chosen = indices + n * MaxPooling.IndexStride(shape.Pool, dy.Layout);
        if (shape.Pool == new PoolShape(2, 2, 2, 2))
            ConvPoolGradient.Spread(gradient, chosen, result);
        else
            MaxPooling.Backward(shape.Pool, chosen, gradient, result, 1);
        return result;
    }

    /// <summary>dy·epilogue'(y) of sample <paramref name="n"/>, inside at least the given ring of zeros: dy itself where that is it, else in the workspace.</summary>
    public static TensorView BeforeEpilogue(Epilogue epilogue, in TensorView y, in TensorView dy, int n, in ConvHalo halo, in Workspace.Scope scope)
    {
        TensorView gradient = ConvImage.Sample(dy, n);
        bool isIdentity = epilogue.Function == UnaryFunction.Identity;
        if (isIdentity && halo.FitsInto(gradient.Layout))
            return gradient;

        TensorView result = ConvImage.Take(ConvImage.WithHalo(gradient.Layout, halo), scope);
        Unary.Backward(epilogue, isIdentity ? gradient : ConvImage.Sample(y, n), gradient, result, 1);
        return result;
    }

    /// <summary>sums (+)= the sum of all pixels of an image. A max pool hands every gradient to one element, so behind one the pooled image serves.</summary>
    public static void AddBias(in TensorView image, float* sums, bool adds)
    {
        TensorLayout layout = image.Layout;
        if (layout.IsContiguous)
        {
            GemmColumnSums.Run(image.Interior, layout.Channels, layout.Height * layout.Width, layout.Channels, sums, adds);
            return;
        }

        for (int row = 0; row < layout.Height; row++)
            GemmColumnSums.Run(image.Row(0, row), layout.Channels, layout.Width, layout.Channels, sums, adds || row > 0);
    }

    /// <summary>Adds to each of rows × columns floats those of the other groups, in order; groups lie <paramref name="groupFloats"/> apart.</summary>
    public static void AddGroups(float* first, nint rowStride, int rows, int columns, nint groupFloats, int groups)
    {
        for (int row = 0; row < rows; row++, first += rowStride)
            GemmColumnSums.Run(first, groupFloats, groups, columns, first, false);
    }
}
