using System.IO;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Pipelines that are generated, compiled, loaded and run.</summary>
internal static class Fitted
{
    /// <summary>What drivers compare output rows with.</summary>
    private const string Comparing = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Dsl;
        public static class Comparing
        {
            /// <summary>Where two output rows differ by more than so much, relative to 1 and the value.</summary>
            public static IEnumerable<string> Differences<T>(int row, T? a, T? b, double most, params string[] loose)
                where T : class
            {
                if (a is null || b is null)
                {
                    if (a is not null || b is not null)
                        yield return $"{row}: {a} and {b}";
                    yield break;
                }

                foreach (var property in typeof(T).GetProperties())
                {
                    object? x = property.GetValue(a);
                    object? y = property.GetValue(b);
                    double bound = loose.Contains(property.Name) ? 1e-5 : most;
                    if (!Same(x, y, bound))
                        yield return $"{row} {property.Name}: {x} and {y}";
                }
            }

            private static bool Same(object? x, object? y, double bound) => (x, y) switch
            {
                (Vector v, Vector w) => v.Size == w.Size && v.ToArray().Zip(w.ToArray()).All(pair => Near(pair.First, pair.Second, bound)),
                (double v, double w) => Near(v, w, bound),
                (Array v, Array w) => v.Cast<object>().SequenceEqual(w.Cast<object>()),
                _ => Equals(x, y),
            };

            private static bool Near(double x, double y, double bound) => x.Equals(y) || Math.Abs(x - y) <= bound * (1 + Math.Abs(x));
        }
        """;

    /// <summary>Runs a static method of a class <c>Driver</c> of the sources.</summary>
    /// <param name="method">The method, without parameters.</param>
    /// <param name="sources">With the pipelines' declarations.</param>
    public static T Run<T>(string method, params string[] sources) => (T)Driver(sources).GetMethod(method)!.Invoke(null, [])!;

    /// <summary>The class <c>Driver</c> of sources, loaded.</summary>
    public static System.Type Driver(params string[] sources) => Driver([], sources);

    /// <summary>The same beside an assembly that is compiled and loaded before, for its types.</summary>
    /// <param name="assembly">Its name, of which there is one in the test run.</param>
    /// <param name="source">Its source.</param>
    /// <param name="sources">With the pipelines' declarations.</param>
    public static System.Type DriverBeside(string assembly, string source, params string[] sources)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = Compiling.Compile(assembly, [source], []).Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        Assembly beside = Assembly.Load(image.ToArray());
        System.AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => new AssemblyName(wanted.Name).Name == assembly ? beside : null;
        return Driver([MetadataReference.CreateFromImage(image.ToArray())], sources);
    }

    private static System.Type Driver(MetadataReference[] references, string[] sources)
    {
        CSharpCompilation compilation = Compiling.Compile("Test", [.. sources, Comparing], references);

        // As a user's release: without it locals live to the end of their methods.
        compilation = compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release));
        Generating generated = Generating.Run(compilation);
        Assert.True(generated.AllErrors.Length == 0, generated.AllErrors);
        Assert.DoesNotContain(generated.Findings, one => one.Severity >= DiagnosticSeverity.Warning);
        Assembly loaded = generated.Load();
        return loaded.GetType("Driver")!;
    }
}
