using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Runtime.Tests.Threading;

/// <summary>A worker that leaves a processor may run where it could before.</summary>
public sealed class ProcessorsTests
{
    [Fact]
    public void A_thread_that_has_left_a_processor_may_come_back()
    {
        string[] masks = new string[2];
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                masks[0] = Allowed();

                // Wherever it is moved to meanwhile, it is on one of them.
                for (int processor = 0; processor < Math.Max(2, Environment.ProcessorCount); processor++)
                    Processors.Leave(processor);
                Processors.Leave(-1);
                Processors.Leave(int.MaxValue);
                masks[1] = Allowed();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.Equal(masks[0], masks[1]);
    }

    // Linux says which; elsewhere nothing is moved.
    private static string Allowed() => OperatingSystem.IsLinux() ? File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)) : "";
}
