using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// The process's fixed pool of threads under all kernels: fork-join of numbered parts without allocation. Workers spin for some tens of
/// microseconds after a job, because the next one usually follows at once, and then park. A worker that wakes late delays nobody: whoever
/// is there takes the parts, and the caller only waits for parts that have been started.
/// </summary>
internal static unsafe class WorkerPool
{
    private const int CacheLine = 64;

    // Looked at only where threads would be shared out: an operation that is too small for that costs nothing more.
    [ThreadStatic]
    private static bool staysOnThisThread;

    // One operation at a time owns the workers; another caller does its parts alone.
    private static int owned;
    private static int workers;
    private static readonly Worker?[] All = new Worker?[Compute.MaxThreads];

    // The job. Written by the owner before generation changes, and only while no worker is inside.
    private static delegate*<void*, int, void> body;
    private static void* context;
    private static int parts;
    private static int shares;
    private static int processor;
    private static ExceptionDispatchInfo? failure;

    private static Lines lines;

    /// <summary>
    /// Calls <paramref name="body"/>(<paramref name="context"/>, part) once for each part from 0, on up to <see cref="Compute.Threads"/> threads
    /// including the caller's, and returns when all are done. Parts must not depend on each other, nor results on who runs which. From
    /// inside a part, while another thread's job runs, or where this thread is to work alone, the caller runs all parts itself.
    /// </summary>
    /// <exception cref="Exception">Whatever a part has thrown (of several, one); the other parts may or may not have run.</exception>
    public static void Run(int parts, delegate*<void*, int, void> body, void* context)
    {
        int shares = Math.Min(parts, Compute.Threads);
        if (shares <= 1 || staysOnThisThread || Interlocked.CompareExchange(ref WorkerPool.owned, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
                body(context, part);

            return;
        }

        EnsureWorkers(shares - 1);
        WorkerPool.body = body;
        WorkerPool.context = context;
        WorkerPool.parts = parts;
        WorkerPool.shares = shares;
        WorkerPool.processor = Thread.GetCurrentProcessorId();
        for (int share = 0; share < shares; share++)
            WorkerPool.lines[share].Next = First(share);

        Volatile.Write(ref WorkerPool.lines.Open, 1);
        Interlocked.Increment(ref WorkerPool.lines.Generation);
        for (int i = 0; i < shares - 1; i++)
            All[i]!.WakeIfParked(WorkerPool.processor);

        TakeParts(0);
        Volatile.Write(ref WorkerPool.lines.Open, 0);
        Interlocked.MemoryBarrier();
        var spinner = new SpinWait();
        int spins = 0;
        while (Volatile.Read(ref WorkerPool.lines.Inside) != 0)
        {
            if (++spins < 20_000)
                Thread.SpinWait(1);
            else
                spinner.SpinOnce(-1); // Yields; a sleep would be a millisecond.
        }

        ExceptionDispatchInfo? failure = WorkerPool.failure;
        WorkerPool.failure = null;
        Volatile.Write(ref WorkerPool.owned, 0);
        failure?.Throw();
    }

    /// <summary>Whether what this thread runs stays on it, from now on; what held before.</summary>
    public static bool StayOnThisThread(bool stays)
    {
        bool before = staysOnThisThread;
        staysOnThisThread = stays;
        return before;
    }

    // Shares are neighbouring parts, and a thread's share is the same in every operation: what it wrote is still in its cache.
    private static int First(int share) => (int)((long)WorkerPool.parts * share / WorkerPool.shares);

    private static void TakeParts(int own)
    {
        int shares = WorkerPool.shares;
        try
        {
            for (int i = 0; i < shares; i++)
            {
                int share = own + i < shares ? own + i : own + i - shares;
                int end = First(share + 1);
                while (Volatile.Read(ref WorkerPool.lines[share].Next) < end)
                {
                    int part = Interlocked.Increment(ref WorkerPool.lines[share].Next) - 1;
                    if (part >= end)
                        break;

                    WorkerPool.body(WorkerPool.context, part);
                }
            }
        }
#pragma warning disable CA1031 // The caller of Run gets it, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref WorkerPool.failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EnsureWorkers(int count)
    {
        if (WorkerPool.workers < count)
            StartWorkers(count);
    }

    private static void StartWorkers(int count)
    {
        try
        {
            for (; WorkerPool.workers < count; WorkerPool.workers++)
                All[WorkerPool.workers] = new Worker(WorkerPool.workers + 1);
        }
        catch
        {
            // A thread that the system refuses must not keep the pool: the next operation asks again.
            Volatile.Write(ref WorkerPool.owned, 0);
            throw;
        }
    }

#pragma warning disable CA1001 // A worker lives as long as the process.
    private sealed class Worker
#pragma warning restore CA1001
    {
        private readonly int share;
        private readonly AutoResetEvent wake = new(false);
        private ThreadAffinity? affinity;
        private int parked;

        public Worker(int share)
        {
            this.share = share;
            new Thread(Loop, 1 << 20) { IsBackground = true, Name = $"Dsl worker {share}" }.Start();
        }

        /// <summary>Wakes it on another processor than the caller's.</summary>
        public void WakeIfParked(int processor)
        {
            if (Volatile.Read(ref parked) == 0 || Interlocked.Exchange(ref parked, 0) == 0)
                return;
            affinity?.KeepOff(processor);
            wake.Set();
        }

        private void Loop()
        {
            affinity = ThreadAffinity.OfThisThread();
            int seen = 0;
            while (true)
            {
                AwaitGeneration(ref seen);
                Leave(Volatile.Read(ref WorkerPool.processor));
                if (share >= Volatile.Read(ref WorkerPool.shares))
                    continue;

                Interlocked.Increment(ref WorkerPool.lines.Inside);
                if (Volatile.Read(ref WorkerPool.lines.Open) != 0 && share < WorkerPool.shares)
                    TakeParts(share);
                Interlocked.Decrement(ref WorkerPool.lines.Inside);
            }
        }

        /// <summary>Leaves a processor to the caller, which may have come to it while this worker span.</summary>
        private void Leave(int processor)
        {
            if (affinity is null)
                return;
            if (Thread.GetCurrentProcessorId() == processor)
                affinity.KeepOff(processor);
            affinity.Free();
        }

        private void AwaitGeneration(ref int seen)
        {
            // By the clock, for a pause takes between 10 and 140 cycles; and read seldom, for the clock takes 20 ns.
            long limit = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 20_000;
            for (int spins = 1; Volatile.Read(ref WorkerPool.lines.Generation) == seen; spins++)
            {
                Thread.SpinWait(1);
                if ((spins & 63) == 0 && Stopwatch.GetTimestamp() > limit)
                {
                    Interlocked.Exchange(ref parked, 1);
                    if (Volatile.Read(ref WorkerPool.lines.Generation) == seen || Interlocked.Exchange(ref parked, 0) == 0)
                        wake.WaitOne();
                    break;
                }
            }

            seen = Volatile.Read(ref WorkerPool.lines.Generation);
        }
    }

    /// <summary>The next part of a share, on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = CacheLine)]
    private struct Share
    {
        [FieldOffset(0)]
        public int Next;
    }

    [InlineArray(Compute.MaxThreads)]
    private struct Shares
    {
        private Share first;
    }

    /// <summary>What several threads write, each on its own cache line.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Lines
    {
        private Share before;
        private Share generation;
        private Share open;
        private Share inside;
        private Shares shares;

        [UnscopedRef]
        public ref int Generation => ref generation.Next;

        [UnscopedRef]
        public ref int Open => ref open.Next;

        [UnscopedRef]
        public ref int Inside => ref inside.Next;

        [UnscopedRef]
        public ref Share this[int share] => ref shares[share];
    }
}
