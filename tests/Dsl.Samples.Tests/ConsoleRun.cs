using System;
using System.IO;
using Xunit;

namespace SampleTests;

/// <summary>A sample as its user calls it. Who runs one stands in this collection, so that no two tests change the console at once.</summary>
[CollectionDefinition(nameof(ConsoleRun), DisableParallelization = true)]
public sealed class ConsoleRun
{
    /// <summary>The exit code, and what was written.</summary>
    public static (int Code, string Output, string Errors) Of(Func<string[], int> main, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(main);
        TextWriter output = Console.Out;
        TextWriter errors = Console.Error;
        using StringWriter outputText = new();
        using StringWriter errorText = new();
        int threads = Dsl.Compute.Threads;
        Console.SetOut(outputText);
        Console.SetError(errorText);
        try
        {
            return (main(arguments), outputText.ToString(), errorText.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Dsl.Compute.Threads = threads;
        }
    }
}
