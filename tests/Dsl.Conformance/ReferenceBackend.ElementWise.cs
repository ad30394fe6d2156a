using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Element-wise operations.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void Unary(Epilogue function, in TensorView x, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireSameOrDisjoint(output, input);
        output.Set((n, h, w, c) => Apply(function, input[n, h, w, c]));
    }

    /// <inheritdoc/>
    public static void UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch)
    {
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        RequireSameOrDisjoint(result, gradient);
        if (function.FollowsFromOutput)
        {
            var output = At(y, batch);
            RequireSameInterior(output, gradient);
            result.Set((n, h, w, c) => Chain(gradient[n, h, w, c], DerivativeFromOutput(function, output[n, h, w, c])));
        }
        else
        {
            var input = At(x, batch);
            RequireSameInterior(input, gradient);
            result.Set((n, h, w, c) => Chain(gradient[n, h, w, c], DerivativeFromInput(function, input[n, h, w, c])));
        }
    }

    /// <inheritdoc/>
    public static void Add(in TensorView a, in TensorView b, in TensorView y, int batch) => Combine(a, b, y, batch, (left, right) => left + right);

    /// <inheritdoc/>
    public static void Multiply(in TensorView a, in TensorView b, in TensorView y, int batch) => Combine(a, b, y, batch, (left, right) => left * right);

    /// <inheritdoc/>
    public static void Accumulate(in TensorView x, in TensorView y, int batch) => Combine(x, y, y, batch, (left, right) => left + right);

    /// <inheritdoc/>
    public static void Copy(in TensorView x, in TensorView y, int batch) => Unary(default, x, y, batch);

    /// <inheritdoc/>
    public static void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch)
    {
        var mask = key;
        var input = At(x, batch);
        var output = At(y, batch);
        RequireSameOrDisjoint(output, input);
        output.Set((n, h, w, c) =>
        {
            long element = ((((long)h * input.Width) + w) * input.Channels) + c;
            uint word = Philox((n * input.Layout.Count) + element, mask);
            return word < probability * 4294967296.0 ? 0 : input[n, h, w, c] / (1.0 - probability);
        });
    }

    private static void Combine(in TensorView a, in TensorView b, in TensorView y, int batch, Func<double, double, double> function)
    {
        var left = At(a, batch);
        var right = At(b, batch);
        var output = At(y, batch);
        RequireSameOrDisjoint(output, left);
        RequireSameOrDisjoint(output, right);
        output.Set((n, h, w, c) => function(left[n, h, w, c], right[n, h, w, c]));
    }

    /// <summary>Word j mod 4 of Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011) at counter j/4.</summary>
    private static uint Philox(long j, in DropoutKey key)
    {
        ulong block = (ulong)j / 4;
        uint c0 = (uint)block;
        uint c1 = (uint)(block >> 32);
        uint c2 = key.Layer;
        uint c3 = (uint)key.Step;
        uint k0 = (uint)key.Seed;
        uint k1 = (uint)(key.Seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53ul * c0;
            ulong p1 = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 = unchecked(k0 + 0x9E3779B9u);
            k1 = unchecked(k1 + 0xBB67AE85u);
        }

        return (j % 4) switch { 0 => c0, 1 => c1, 2 => c2, _ => c3 };
    }
}
