using System;
using System.Runtime.CompilerServices;
using Dsl.Runtime;

namespace Dsl.Pipelines.Numerics;

/// <summary>Numbered parts of one piece of work, over the threads that the runtime's kernels use.</summary>
internal static unsafe class ParallelParts
{
    /// <summary>Calls <paramref name="body"/> once for each part from 0, several at a time; parts must not depend on each other, nor results on who runs which.</summary>
    public static void Run(int parts, Action<int> body) => WorkerPool.Run(parts, &RunPart, Unsafe.AsPointer(ref body));

    private static void RunPart(void* context, int part) => Unsafe.AsRef<Action<int>>(context)(part);
}
