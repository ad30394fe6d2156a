using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Benchmarks.Machine;

/// <summary>What a reader must know about the machine before a figure means anything.</summary>
internal static class MachineReport
{
    /// <summary>Name of the vector set that kernels pick here.</summary>
    public static string InstructionSet =>
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Avx2.IsSupported && Fma.IsSupported ? "AVX2 + FMA"
        : AdvSimd.IsSupported ? "AdvSimd"
        : "128 bits";

    /// <summary>The one-minute load average, or "unknown" where the system has none.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public static void Print(TextWriter output)
    {
        string peak = $"128 bits {FmaPeak.Best128():F1}";
        if (Vector256.IsHardwareAccelerated)
            peak += $", 256 bits {FmaPeak.Best256():F1}";
        if (Vector512.IsHardwareAccelerated)
            peak += $", 512 bits {FmaPeak.Best512():F1}";
        output.WriteLine($"CPU: {Model()}, {Environment.ProcessorCount} logical cores; instruction set: {InstructionSet}; .NET {Environment.Version}");
        output.WriteLine($"FMA peak of one core, GFLOP/s: {peak}; load average: {Load}");
        if (double.TryParse(Load, NumberStyles.Float, CultureInfo.InvariantCulture, out double load) && load > 0.7)
            output.WriteLine("The machine is busy: figures of two threads mean nothing, those of one are too slow on both sides.");
    }

    private static string Model()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
