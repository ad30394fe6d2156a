using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Brings a tile's sums from its scratch tile to C: the last columns, and epilogues that are not worth registers in the tile.</summary>
internal static unsafe class GemmTileFinish
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T, W>(TileCall* call, int rows)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        UnaryFunction function = call->Epilogue.Function;
        bool clamps = function is UnaryFunction.ReLU or UnaryFunction.ReLU6;
        T high = W.Create(function == UnaryFunction.ReLU6 ? 6 : float.PositiveInfinity);
        T slope = W.Create(call->Epilogue.Parameter);
        T zero = W.Zero;
        float* sums = call->Scratch;
        float* c = call->C;
        for (int row = 0; row < rows; sums += call->TileCRow, c += call->ToRow(++row))
        {
            for (int column = 0; column < call->Columns; column += W.Count)
            {
                int count = call->Columns - column;
                T sum = W.Load(sums + column);
                if (call->Bias != null)
                    sum = W.Add(sum, W.LoadFirst(call->Bias + column, count));
                if (call->Adds)
                    sum = W.Add(sum, W.LoadFirst(c + column, count));
                if (clamps)
                    sum = W.Min(high, W.Max(zero, sum));
                else if (function == UnaryFunction.LeakyReLU)
                    sum = W.WhereGreater(zero, sum, W.Multiply(sum, slope), sum);
                W.StoreFirst(sum, c + column, count);
            }
        }
    }
}
