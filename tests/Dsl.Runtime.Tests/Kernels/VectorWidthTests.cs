using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>The one dispatch over vector widths. InstructionSetTests run this class on narrower registers too.</summary>
public sealed class VectorWidthTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static int Widest => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    [Fact]
    public void Kernels_of_every_kind_run_on_the_widest_registers()
    {
        int lanes = 0;
        int tile = 0;
        VectorWidth.Run(new Lanes(ref lanes));
        VectorWidth.RunTiles(new Tile(ref tile));
        Assert.Equal([Widest, Widest, Widest, Widest], [lanes, tile, VectorWidth.Run<Count, int>(default), VectorWidth.Count]);
    }

    [Fact]
    public void Nothing_else_asks_which_registers_there_are()
    {
        string[] asking = [.. typeof(VectorWidth).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(VectorWidth).Namespace && type.GetMethods(Declared).Any(AsksForWidth))
            .Select(type => type.Name)];
        Assert.Equal([nameof(VectorWidth)], asking);
    }

    // True where the method calls the property of a vector class; more bytes than the calls' own are looked at, which resolve to something else.
    private static bool AsksForWidth(MethodInfo method)
    {
        const byte Call = 0x28;
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] == Call && Called(method, BitConverter.ToInt32(code, i + 1)) is { Name: "get_IsHardwareAccelerated" })
                return true;
        }

        return false;
    }

    private static MethodBase? Called(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private readonly ref struct Lanes(ref int count) : IWidthKernel
    {
        private readonly ref int count = ref count;

        void IWidthKernel.Run<V>() => count = V.Count;
    }

    private readonly struct Count : IWidthKernel<int>
    {
        int IWidthKernel<int>.Run<V>() => V.Count;
    }

    private readonly ref struct Tile(ref int count) : ITileKernel
    {
        private readonly ref int count = ref count;

        void ITileKernel.Run<T, W>() => count = W.Count;
    }
}
