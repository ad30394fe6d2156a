using System;
using Dsl.Runtime;

namespace Dsl;

/// <summary>How much of the machine networks use.</summary>
public static class Compute
{
    /// <summary>The most threads that <see cref="Threads"/> accepts.</summary>
    public const int MaxThreads = 64;

    private static int threads = Math.Clamp(Environment.ProcessorCount, 1, MaxThreads);

    /// <summary>
    /// Threads that one operation may use, 1 to <see cref="MaxThreads"/>; by default the number of processors. The bits of a result do not depend
    /// on it. May be set at any time; it counts from the next operation on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above <see cref="MaxThreads"/>.</exception>
    public static int Threads
    {
        get => Compute.threads;
        set
        {
            if (value is < 1 or > MaxThreads)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"Compute.Threads must be between 1 and {MaxThreads}, but was set to {value}.");

            Compute.threads = value;
        }
    }

    /// <summary>
    /// From here to the disposal of what it gives, operations that this thread calls run on this thread alone; the bits of results are the same. For callers that keep every
    /// processor busy themselves, such as a pool of threads that each predict.
    /// </summary>
    public static OneThread OnThisThread() => new(WorkerPool.StayOnThisThread(true));

    /// <summary>A stretch in which operations stay on the calling thread; disposed by the thread that began it. They nest.</summary>
    public readonly ref struct OneThread
    {
        private readonly bool before;

        internal OneThread(bool before) => this.before = before;

        /// <summary>Ends it.</summary>
        public void Dispose() => WorkerPool.StayOnThisThread(before);
    }
}
