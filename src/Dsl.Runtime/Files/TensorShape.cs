using System;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Dsl.Runtime;

/// <summary>Shapes as text, for messages.</summary>
internal static class TensorShape
{
    /// <summary>A file may claim any number of dimensions.</summary>
    private const int Shown = 8;

    /// <summary>The dimensions as <c>16×1×3×3</c>; a single number is <c>()</c>; of very many the first and how many there are.</summary>
    public static string Format<T>(ReadOnlySpan<T> shape)
        where T : IBinaryInteger<T>
    {
        StringBuilder text = new();
        foreach (T dimension in shape[..Math.Min(shape.Length, Shown)])
            text.Append(text.Length > 0 ? "×" : "").Append(dimension.ToString(null, CultureInfo.InvariantCulture));
        if (shape.Length > Shown)
            text.Append(CultureInfo.InvariantCulture, $"×… ({shape.Length} dimensions)");
        return text.Length > 0 ? text.ToString() : "()";
    }
}
