using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// Keeps a worker off the processor of the thread that it works for. Linux wakes a thread where it ran last, or where it is woken from, and where all processors were busy a moment ago (or
/// belong to a virtual machine, which calls its idle ones taken) it looks for no idle one: a worker that is woken behind its caller would wait for milliseconds, and then take turns with it.
/// </summary>
internal sealed unsafe partial class ThreadAffinity
{
    // What the C library's cpu_set_t holds.
    private const int MostProcessors = 1024;
    private const int WordBits = 64;
    private const int Words = MostProcessors / WordBits;

    private readonly int thread;
    private readonly ulong[] allowed;
    private int isKeptOff;

    private ThreadAffinity(int thread, ulong[] allowed)
    {
        this.thread = thread;
        this.allowed = allowed;
    }

    /// <summary>This thread's; null where the system cannot say, or there is but one processor.</summary>
    public static ThreadAffinity? OfThisThread()
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount == 1)
            return null;
        try
        {
            ulong[] allowed = new ulong[Words];
            fixed (ulong* mask = allowed)
                return GetAffinity(0, MostProcessors / 8, mask) < 0 ? null : new ThreadAffinity(GetThread(), allowed);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Has the thread run elsewhere from now on, if it may run anywhere else. Any thread may call it. A thread that sleeps wakes elsewhere; one that runs there has been moved when this
    /// returns, if it is the caller itself.
    /// </summary>
    public void KeepOff(int processor)
    {
        if ((uint)processor >= MostProcessors)
            return;
        ulong* others = stackalloc ulong[Words];
        ulong any = 0;
        for (int word = 0; word < Words; word++)
        {
            others[word] = allowed[word];
            if (word == processor / WordBits)
                others[word] &= ~(1UL << (processor % WordBits));
            any |= others[word];
        }

        // Refused (the processors of the process have become others): it stays as it is.
        if (any != 0 && SetAffinity(thread, MostProcessors / 8, others) == 0)
            Volatile.Write(ref isKeptOff, 1);
    }

    /// <summary>Lets the thread run again wherever it could; it stays where it is. The thread itself calls it.</summary>
    public void Free()
    {
        if (Volatile.Read(ref isKeptOff) == 0)
            return;
        Volatile.Write(ref isKeptOff, 0);
        fixed (ulong* mask = allowed)
            _ = SetAffinity(0, MostProcessors / 8, mask);
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThread();

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
