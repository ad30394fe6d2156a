using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Dsl.Runtime.Tests.Threading;

public sealed unsafe class WorkspaceTests
{
    [Fact]
    public void Pieces_are_aligned_and_apart_and_free_again_behind_their_scope()
    {
        nint first = 0;
        for (int round = 0; round < 3; round++)
        {
            using Workspace.Scope outer = Workspace.Open();
            float* a = outer.Take(1000);
            a[999] = 1;
            using (Workspace.Scope inner = Workspace.Open())
            {
                float* b = inner.Take(100_000);
                new Span<float>(b, 100_000).Fill(2);
                Assert.Equal(0, (nint)b % 64);
                Assert.Equal(0, (nint)a % 64);
            }

            Assert.Equal(1, a[999]);
            if (round == 1)
                first = (nint)a;
            if (round == 2)
                Assert.Equal(first, (nint)a); // Grown once, then the same memory.
        }
    }

    /// <summary>What the growth at the end of an operation is refused, the operations before and after it do without.</summary>
    [Fact]
    public void A_refused_growth_leaves_it_usable()
    {
        Workspace workspace = new(&AllocateAtMost);
        s_most = 1 << 20;
        Use(workspace, 10_000, 3);
        Use(workspace, 100_000, 3); // 1.2 MB in pieces of 0.4 MB: no block for all of them.
        s_refused = 0;
        for (int round = 0; round < 3; round++)
            Use(workspace, 100_000, 3);
        Assert.Equal(3, s_refused);
        s_most = 1 << 24;
        Use(workspace, 100_000, 3);
        s_most = 0; // One block holds all now.
        Use(workspace, 100_000, 3);
        Assert.Equal(3, s_refused);
    }

    [Fact]
    public void A_refused_piece_is_an_error_of_its_operation_only()
    {
        Workspace workspace = new(&AllocateAtMost);
        s_most = 1 << 20;
        for (int round = 0; round < 3; round++)
        {
            Use(workspace, 1000, 2);
            Assert.ThrowsAny<OutOfMemoryException>(() => Use(workspace, 1000, 2, thenTake: 1 << 20));
        }

        s_most = 0;
        Use(workspace, 1000, 2);
    }

    /// <summary>Sizes whose bytes have no number, or that no machine has; on the thread's own workspace.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue / 4)]
    [InlineData(-1)]
    [InlineData(1L << 58)]
    public void Absurd_sizes_are_refused(long floats)
    {
        Assert.ThrowsAny<OutOfMemoryException>(() =>
        {
            using Workspace.Scope scope = Workspace.Open();
            scope.Take(floats);
        });
        using Workspace.Scope after = Workspace.Open();
        new Span<float>(after.Take(100), 100).Fill(1);
    }

    [ThreadStatic]
    private static long s_most;

    [ThreadStatic]
    private static int s_refused;

    private static byte* AllocateAtMost(nuint bytes)
    {
        if ((long)bytes <= s_most)
            return (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        s_refused++;
        throw new InsufficientMemoryException();
    }

    private static void Use(Workspace workspace, int floats, int pieces, long thenTake = 0)
    {
        using Workspace.Scope scope = workspace.Enter();
        Span<nint> taken = stackalloc nint[pieces];
        for (int i = 0; i < pieces; i++)
        {
            taken[i] = (nint)scope.Take(floats);
            new Span<float>((float*)taken[i], floats).Fill(i);
        }

        if (thenTake > 0)
            scope.Take(thenTake);
        for (int i = 0; i < pieces; i++)
            Assert.Equal(-1, new Span<float>((float*)taken[i], floats).IndexOfAnyExcept(i));
    }
}
