using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>Drawn declarations in one assembly: a shrunk counterexample would cost a compilation each, so the failing declaration is printed as it is.</summary>
internal static class RandomAssembly
{
    /// <summary>Seeds of declarations. DSL_REPLAY=any number draws others.</summary>
    public static int[] Seeds(int count, ulong usually)
    {
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("DSL_REPLAY"), out ulong given) ? given : usually;
        return [.. Gen.Sample(Gen.Choose(0, int.MaxValue - 1), numberOfSamples: count, seed: new Rnd(seed), size: 100)];
    }

    /// <summary>Compiles and loads.</summary>
    public static Assembly Load(string name, string declarations, params MetadataReference[] further)
    {
        CSharpCompilation compilation = Compiling.Compile(name, ["using System; using Dsl; using Dsl.Runtime;\n" + RandomGradients.OwnLayers + declarations], further);
        CSharpGeneratorDriver.Create(new ModelGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        using MemoryStream image = new();
        EmitResult result = generated.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(10)) + "\n" + declarations[..Math.Min(declarations.Length, 1000)]);
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
