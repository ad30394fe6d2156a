using System;
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
}
