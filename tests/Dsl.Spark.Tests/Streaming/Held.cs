using System;
using System.IO;
using System.Threading;

namespace Dsl.Spark.Tests.Streaming;

/// <summary>Functions that streams call.</summary>
internal static partial class Held
{
    /// <summary>Gives the number; from 100 on not before a file is gone.</summary>
    [SparkUdf]
    public static long Until(long id, string gate)
    {
        while (id >= 100 && File.Exists(gate))
            Thread.Sleep(10);
        return id;
    }

    /// <summary>Fails at a number.</summary>
    [SparkUdf]
    public static long Failing(long id) => id == 3 ? throw new InvalidOperationException("3 is no such number") : id;
}
