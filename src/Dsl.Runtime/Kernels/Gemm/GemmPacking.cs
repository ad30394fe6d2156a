using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Packed right operands: panels of <see cref="PanelWidth"/> columns, each depth × PanelWidth floats, one behind the other, zero beyond the last
/// column. Together depth · <see cref="Round32"/>(columns) floats suffice for any instruction set, because every panel width divides 32.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>Columns of a panel on this machine: two registers.</summary>
    public static int PanelWidth => 2 * VectorWidth.Count;

    /// <summary><paramref name="columns"/> rounded up as the seam has it.</summary>
    public static int Round32(int columns) => (int)PreparedPanels.Whole(columns);

    /// <summary>Packs depth × columns, row-major, into panels <paramref name="panelFloats"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void PackRows(float* source, nint sourceRow, int depth, int columns, float* target, nint panelFloats)
    {
        // A few panels together: a source row is then read in longer pieces, and more would be too many places to write to.
        const int Together = 4;
        int width = PanelWidth;
        for (int first = 0; first < columns; first += Together * width, target += Together * panelFloats)
        {
            int end = int.Min(columns, first + Together * width);
            float* from = source;
            float* to = target;
            for (int k = 0; k < depth; k++, from += sourceRow, to += width)
            {
                float* panel = to;
                for (int column = first; column < end; column += width, panel += panelFloats)
                    CopyLanes(from + column, int.Min(width, columns - column), panel, width);
            }
        }
    }

    /// <summary>Packs the transpose of columns × depth, row-major, into panels <paramref name="panelFloats"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void PackTransposed(float* source, nint sourceRow, int depth, int columns, float* target, nint panelFloats)
    {
        int width = PanelWidth;
        for (int first = 0; first < columns; first += width, target += panelFloats)
        {
            int count = int.Min(width, columns - first);
            Transpose.Run(source + first * sourceRow, sourceRow, target, width, count, depth);
            if (count < width)
            {
                for (int k = 0; k < depth; k++)
                    NativeMemory.Clear(target + (nint)k * width + count, (nuint)(width - count) * sizeof(float));
            }
        }
    }

    /// <summary>Multiplies column j of packed panels by scale[j].</summary>
    public static void ScaleColumns(float* panels, int depth, int columns, float* scale)
    {
        int width = PanelWidth;
        for (int first = 0; first < columns; first += width)
        {
            int count = int.Min(width, columns - first);
            for (int k = 0; k < depth; k++, panels += width)
            {
                for (int j = 0; j < count; j++)
                    panels[j] *= scale[first + j];
            }
        }
    }

    /// <summary>Packs rows of a left operand so that the tile reads it with row stride 1 and step stride <paramref name="rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void PackLeft(float* source, nint sourceRow, nint sourceStep, int rows, int depth, float* target)
    {
        if (sourceStep == 1)
        {
            Transpose.Run(source, sourceRow, target, rows, rows, depth);
            return;
        }

        for (int k = 0; k < depth; k++, source += sourceStep, target += rows)
        {
            for (int row = 0; row < rows; row++)
                target[row] = source[row * sourceRow];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLanes(float* from, int count, float* to, int width)
    {
        if (count == width)
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)width * sizeof(float));
            return;
        }

        for (int j = 0; j < width; j++)
            to[j] = j < count ? from[j] : 0;
    }
}
