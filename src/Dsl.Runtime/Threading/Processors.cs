using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// Leaves a processor to another thread. Linux wakes a thread where it ran last, and where all processors were busy a moment ago it does not look for an idle one: a worker that is woken
/// on its caller's processor would take turns with it for many milliseconds.
/// </summary>
internal static unsafe partial class Processors
{
    // What the C library's cpu_set_t holds.
    private const int MostProcessors = 1024;
    private const int WordBits = 64;

    private static bool isUnable = !OperatingSystem.IsLinux() || Environment.ProcessorCount == 1;

    /// <summary>Moves this thread to another processor that it may run on, where it runs on that one; afterwards it may run wherever it could before.</summary>
    public static void Leave(int processor)
    {
        if (isUnable || Thread.GetCurrentProcessorId() != processor || (uint)processor >= MostProcessors)
            return;
        try
        {
            ulong* allowed = stackalloc ulong[MostProcessors / WordBits];
            ulong* others = stackalloc ulong[MostProcessors / WordBits];
            nuint size = MostProcessors / 8;
            if (GetAffinity(0, size, allowed) < 0)
                return;
            bool hasOthers = false;
            for (int word = 0; word < MostProcessors / WordBits; word++)
            {
                others[word] = allowed[word] & ~(word == processor / WordBits ? 1UL << (processor % WordBits) : 0);
                hasOthers |= others[word] != 0;
            }

            // Where there is no other processor, or a mask does not come back, this is not tried again.
            isUnable = !hasOthers || (SetAffinity(0, size, others) == 0 && SetAffinity(0, size, allowed) < 0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            isUnable = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
