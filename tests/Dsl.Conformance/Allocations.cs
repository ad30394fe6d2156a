using System;

namespace Dsl.Conformance;

/// <summary>What a piece of code allocates on its thread.</summary>
public static class Allocations
{
    /// <summary>
    /// Managed bytes. A collection that another thread causes in between counts the rest of this thread's allocation block (up to 8 KiB) as allocated, so the least of three; where
    /// the first is nothing, it is the only one.
    /// </summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 3 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
