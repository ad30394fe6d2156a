using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>Physical memory behind addresses that stay one's own.</summary>
internal static unsafe partial class Pages
{
    private const int DontNeed = 4;

    /// <summary>Whether the system takes pages back; else nothing is to be gained by giving them up.</summary>
    public static bool CanGiveBack => OperatingSystem.IsLinux();

    /// <summary>
    /// Gives the whole pages of a range back to the system. What stood there is lost then, and the addresses can be written and read as before (madvise(2), MADV_DONTNEED).
    /// </summary>
    /// <returns>False where the system does not take them: nothing is changed.</returns>
    public static bool GiveBack(void* start, nint bytes)
    {
        nint page = Environment.SystemPageSize;
        nint first = ((nint)start + page - 1) & -page;
        nint end = ((nint)start + bytes) & -page;
        return CanGiveBack && first < end && MAdvise(first, (nuint)(end - first), DontNeed) == 0;
    }

    // The runtime knows the C library's file by this name.
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(nint address, nuint length, int advice);
}
