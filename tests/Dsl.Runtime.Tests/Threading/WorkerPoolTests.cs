using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Runtime.Tests.Threading;

[Collection("threads")]
public sealed unsafe class WorkerPoolTests : IDisposable
{
    private readonly int _threads = Compute.Threads;

    public void Dispose() => Compute.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_runs_once(int threads)
    {
        Compute.Threads = threads;
        int* counts = stackalloc int[100];
        for (int repeat = 0; repeat < 2000; repeat++)
        {
            new Span<int>(counts, 100).Clear();
            WorkerPool.Run(100, &Count, counts);
            for (int part = 0; part < 100; part++)
                Assert.Equal(1, counts[part]);
            if (repeat % 500 == 0)
                Thread.Sleep(2); // Workers park.
        }

        static void Count(void* context, int part) => Interlocked.Increment(ref ((int*)context)[part]);
    }

    [Fact]
    public void A_part_may_run_parts()
    {
        Compute.Threads = 3;
        int total = 0;
        WorkerPool.Run(6, &Outer, &total);
        Assert.Equal(24, total);

        static void Outer(void* context, int part) => WorkerPool.Run(4, &Inner, context);

        static void Inner(void* context, int part) => Interlocked.Increment(ref *(int*)context);
    }

    [Fact]
    public void Several_callers_at_once_each_get_all_their_parts()
    {
        Compute.Threads = 3;
        var totals = new int[8];
        var callers = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            int total = 0;
            for (int repeat = 0; repeat < 500; repeat++)
                WorkerPool.Run(7, &Add, &total);
            totals[i] = total;
        })).ToArray();
        foreach (Thread caller in callers)
            caller.Start();
        foreach (Thread caller in callers)
            caller.Join();

        Assert.All(totals, total => Assert.Equal(3500, total));

        static void Add(void* context, int part) => Interlocked.Increment(ref *(int*)context);
    }

    [Fact]
    public void A_thread_that_works_alone_runs_all_parts_itself_and_others_share_them_out()
    {
        Compute.Threads = 4;
        int* ids = stackalloc int[2 * Parts];
        using (Compute.OnThisThread())
        {
            using (Compute.OnThisThread())
            {
                WorkerPool.Run(Parts, &Id, ids);
            }

            // The outer stretch goes on.
            WorkerPool.Run(Parts, &Id, ids + Parts);
        }

        for (int i = 0; i < 2 * Parts; i++)
            Assert.Equal(Environment.CurrentManagedThreadId, ids[i]);

        // Two parts meet only where two threads have one each.
        Meeting meeting = default;
        WorkerPool.Run(2, &Meet, &meeting);
        Assert.Equal(2, meeting.Arrived);

        static void Id(void* context, int part) => ((int*)context)[part] = Environment.CurrentManagedThreadId;

        static void Meet(void* context, int part)
        {
            Meeting* meeting = (Meeting*)context;
            Interlocked.Increment(ref meeting->Arrived);
            SpinWait.SpinUntil(() => Volatile.Read(ref meeting->Arrived) == 2, TimeSpan.FromSeconds(60));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_part_throws_reaches_the_caller_and_the_pool_goes_on(int threads)
    {
        Compute.Threads = threads;
        int* wanted = stackalloc int[1];
        for (int failing = 0; failing < 8; failing++)
        {
            *wanted = failing;
            var error = Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(8, &Fail, wanted));
            Assert.Equal($"part {failing}", error.Message);
        }

        int total = 0;
        WorkerPool.Run(8, &Add, &total);
        Assert.Equal(8, total);

        static void Fail(void* context, int part)
        {
            if (part == *(int*)context)
                throw new InvalidOperationException($"part {part}");
        }

        static void Add(void* context, int part) => Interlocked.Increment(ref *(int*)context);
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        Compute.Threads = 2;
        int total = 0;
        for (int repeat = 0; repeat < 100; repeat++)
            WorkerPool.Run(4, &Add, &total);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < 100; repeat++)
            WorkerPool.Run(4, &Add, &total);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Add(void* context, int part) => Interlocked.Increment(ref *(int*)context);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void Thread_counts_out_of_range_are_refused(int threads)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Compute.Threads = threads);
        Assert.Contains("between 1 and 64", error.Message, StringComparison.Ordinal);
    }

    private const int Parts = 50;

    private struct Meeting
    {
        public int Arrived;
    }
}
