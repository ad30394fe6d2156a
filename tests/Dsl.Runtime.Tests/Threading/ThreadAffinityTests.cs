using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Runtime.Tests.Threading;

/// <summary>A worker wakes on another processor than its caller's, and may run where it could before.</summary>
public sealed class ThreadAffinityTests
{
    [Fact]
    public void A_thread_that_was_kept_off_a_processor_may_come_back() => OnOwnThread(affinity =>
    {
        string before = Allowed();

        // Wherever it is moved to meanwhile, it is on one of them.
        for (int processor = 0; processor < Math.Max(2, Environment.ProcessorCount); processor++)
        {
            affinity?.KeepOff(processor);
            affinity?.Free();
        }

        affinity?.KeepOff(-1);
        affinity?.KeepOff(int.MaxValue);
        Assert.Equal(before, Allowed());
        affinity?.Free();
        Assert.Equal(before, Allowed());
    });

    [Fact]
    public void A_thread_that_is_kept_off_a_processor_runs_elsewhere() => OnOwnThread(affinity =>
    {
        for (int i = 0; affinity is not null && i < 20; i++)
        {
            int processor = Thread.GetCurrentProcessorId();
            affinity.KeepOff(processor);
            Assert.NotEqual(processor, Thread.GetCurrentProcessorId());
            affinity.Free();
        }
    });

    [Fact]
    public void A_sleeping_thread_wakes_elsewhere()
    {
        using AutoResetEvent wake = new(false);
        using AutoResetEvent ready = new(false);
        ThreadAffinity? affinity = null;
        int woken = -1;
        Thread sleeper = new(() =>
        {
            affinity = ThreadAffinity.OfThisThread();
            ready.Set();
            wake.WaitOne();
            woken = Thread.GetCurrentProcessorId();
        });
        sleeper.Start();
        ready.WaitOne();
        int processor = Thread.GetCurrentProcessorId();
        affinity?.KeepOff(processor);
        wake.Set();
        sleeper.Join();
        if (affinity is not null)
            Assert.NotEqual(processor, woken);
    }

    private static void OnOwnThread(Action<ThreadAffinity?> body)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                body(ThreadAffinity.OfThisThread());
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    // Linux says which; elsewhere nothing is moved.
    private static string Allowed() =>
        OperatingSystem.IsLinux() ? File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)) : "";
}
