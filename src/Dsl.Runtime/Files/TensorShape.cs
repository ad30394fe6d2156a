using System;
using System.Globalization;
using System.Text;

namespace Dsl.Runtime;

/// <summary>Shapes as text, for messages.</summary>
internal static class TensorShape
{
    /// <summary>The dimensions as <c>16×1×3×3</c>; a single number is <c>()</c>.</summary>
    public static string Format(ReadOnlySpan<int> shape)
    {
        StringBuilder text = new();
        foreach (int dimension in shape)
            text.Append(text.Length > 0 ? "×" : "").Append(dimension.ToString(CultureInfo.InvariantCulture));
        return text.Length > 0 ? text.ToString() : "()";
    }

    /// <inheritdoc cref="Format(ReadOnlySpan{int})"/>
    public static string Format(ReadOnlySpan<long> shape)
    {
        StringBuilder text = new();
        foreach (long dimension in shape)
            text.Append(text.Length > 0 ? "×" : "").Append(dimension.ToString(CultureInfo.InvariantCulture));
        return text.Length > 0 ? text.ToString() : "()";
    }
}
