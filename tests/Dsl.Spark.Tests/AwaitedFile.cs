using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Xunit;

namespace Dsl.Spark.Tests;

/// <summary>A file by which a function in another process says something.</summary>
internal static class AwaitedFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until it is there.</summary>
    public static void Wait(string path)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!File.Exists(path))
        {
            Assert.True(time.Elapsed < Patience, $"There is no file {path}.");
            Thread.Sleep(10);
        }
    }
}
