using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// The transform of 16 planes to 2×2 pixels of the output, Aᵀ·m·A, with bias and clamp in registers, and, as those four pixels are just its window, a max
/// pooling behind them; and the adjoint for the gradient.
/// </summary>
internal static unsafe class WinogradOutput<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>
    /// A row of tiles to two rows of y. <paramref name="columns"/> are those of y; where they are odd, or <paramref name="hasSecondRow"/> is false, what lies
    /// outside is dropped.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transform(float* planes, nint plane, int channels, float* bias, float low, float high, float* y, nint row, int columns, bool hasSecondRow)
    {
        V least = V.Create(low);
        V most = V.Create(high);
        for (int column = 0; column < columns; column += 2, planes += channels, y += 2 * channels)
        {
            bool hasSecond = column + 1 < columns;
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = int.Min(V.Count, channels - c);
                V y00, y01, y10, y11;
                if (lanes == V.Count)
                    Tile<WholeLanes>(planes + c, plane, lanes, out y00, out y01, out y10, out y11);
                else
                    Tile<FirstLanes>(planes + c, plane, lanes, out y00, out y01, out y10, out y11);
                V b = bias == null ? V.Zero : Lanes.Load<V>(bias + c, lanes);
                float* to = y + c;
                Clamp(y00 + b, least, most).StoreLanes(to, lanes);
                if (hasSecond)
                    Clamp(y01 + b, least, most).StoreLanes(to + channels, lanes);
                if (!hasSecondRow)
                    continue;

                Clamp(y10 + b, least, most).StoreLanes(to + row, lanes);
                if (hasSecond)
                    Clamp(y11 + b, least, most).StoreLanes(to + row + channels, lanes);
            }
        }
    }

    /// <summary>A row of tiles to a row of y, the largest of each tile; indices (0 to 3, a byte each) may be null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TransformPooled(float* planes, nint plane, int channels, float* bias, float low, float high, float* y, byte* indices, int columns)
    {
        V least = V.Create(low);
        V most = V.Create(high);
        for (int column = 0; column < columns; column++, planes += channels, y += channels)
        {
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = int.Min(V.Count, channels - c);
                V y00, y01, y10, y11;
                if (lanes == V.Count)
                    Tile<WholeLanes>(planes + c, plane, lanes, out y00, out y01, out y10, out y11);
                else
                    Tile<FirstLanes>(planes + c, plane, lanes, out y00, out y01, out y10, out y11);
                V b = bias == null ? V.Zero : Lanes.Load<V>(bias + c, lanes);
                V largest = Clamp(y00 + b, least, most);
                V index = V.Zero;
                Take(Clamp(y01 + b, least, most), 1, ref largest, ref index);
                Take(Clamp(y10 + b, least, most), 2, ref largest, ref index);
                Take(Clamp(y11 + b, least, most), 3, ref largest, ref index);
                largest.StoreLanes(y + c, lanes);
                if (indices != null)
                    Lanes.StoreIndices(indices, index, (nint)column * channels + c, lanes, 1);
            }
        }
    }

    /// <summary>The adjoint: a row of 2×2 tiles of the output's gradient to 16 planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Adjoint(float* dy, nint row, int channels, int tiles, float* planes, nint plane)
    {
        for (int tile = 0; tile < tiles; tile++, dy += 2 * channels, planes += channels)
        {
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = int.Min(V.Count, channels - c);
                float* from = dy + c;
                AdjointTile(
                    Lanes.Load<V>(from, lanes), Lanes.Load<V>(from + channels, lanes), Lanes.Load<V>(from + row, lanes), Lanes.Load<V>(from + row + channels, lanes), planes + c, plane, lanes);
            }
        }
    }

    /// <summary>The adjoint from the gradient of the pooled output: each tile has it in the chosen pixel alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AdjointPooled(float* dy, byte* indices, int channels, int tiles, float* planes, nint plane)
    {
        for (int tile = 0; tile < tiles; tile++, dy += channels, planes += channels)
        {
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = int.Min(V.Count, channels - c);
                V gradient = Lanes.Load<V>(dy + c, lanes);
                V index = Lanes.LoadIndices<V>(indices, (nint)tile * channels + c, lanes, 1);
                AdjointTile(
                    gradient & V.BitsEqual(index, V.Zero),
                    gradient & V.BitsEqual(index, V.CreateBits(1)),
                    gradient & V.BitsEqual(index, V.CreateBits(2)),
                    gradient & V.BitsEqual(index, V.CreateBits(3)),
                    planes + c,
                    plane,
                    lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<L>(float* m, nint plane, int lanes, out V y00, out V y01, out V y10, out V y11)
        where L : struct, IWinogradLanes
    {
        nint down = 4 * plane;
        SumRow<L>(m, plane, lanes, out y00, out y01);
        SumRow<L>(m + down, plane, lanes, out V a, out V b);
        SumRow<L>(m + 2 * down, plane, lanes, out V c, out V d);
        y00 = y00 + a + c;
        y01 = y01 + b + d;
        y10 = a - c;
        y11 = b - d;
        SumRow<L>(m + 3 * down, plane, lanes, out a, out b);
        y10 -= a;
        y11 -= b;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumRow<L>(float* m, nint plane, int lanes, out V left, out V right)
        where L : struct, IWinogradLanes
    {
        V m1 = L.Load<V>(m + plane, lanes);
        V m2 = L.Load<V>(m + 2 * plane, lanes);
        left = L.Load<V>(m, lanes) + m1 + m2;
        right = m1 - m2 - L.Load<V>(m + 3 * plane, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AdjointTile(V a, V b, V c, V d, float* to, nint plane, int lanes)
    {
        nint down = 4 * plane;
        AdjointRow(a, b, to, plane, lanes);
        AdjointRow(a + c, b + d, to + down, plane, lanes);
        AdjointRow(a - c, b - d, to + 2 * down, plane, lanes);
        AdjointRow(V.Zero - c, V.Zero - d, to + 3 * down, plane, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AdjointRow(V left, V right, float* to, nint plane, int lanes)
    {
        left.StoreLanes(to, lanes);
        (left + right).StoreLanes(to + plane, lanes);
        (left - right).StoreLanes(to + 2 * plane, lanes);
        (V.Zero - right).StoreLanes(to + 3 * plane, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp(V x, V least, V most) => V.Min(most, V.Max(least, x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(V candidate, int position, ref V largest, ref V index)
    {
        V wins = V.GreaterThan(candidate, largest) | V.IsNaN(candidate);
        largest = V.Select(wins, candidate, largest);
        index = V.Select(wins, V.CreateBits(position), index);
    }
}
