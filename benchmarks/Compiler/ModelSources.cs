using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Benchmarks.Compiler;

/// <summary>The sources that the compiler is measured on: model classes of ten attributes, one a file, and plain files beside them.</summary>
internal static class ModelSources
{
    private static readonly Lazy<MetadataReference[]> FrameworkAndDsl = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is string name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Dsl.Attributes.dll" or "Dsl.Runtime.dll"))
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))]);

    /// <summary>The framework, the attributes and the runtime of this process.</summary>
    public static IReadOnlyList<MetadataReference> References => FrameworkAndDsl.Value;

    /// <summary>A model class with ten attributes; features is the width of its hidden layer, the one thing an edit changes.</summary>
    public static string Model(int number, int features = 64) => $$"""
        using Dsl;

        namespace Models;

        [Model]
        [Input(1, 28, 28)]
        [Conv2d({{8 + number % 8}}, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Linear({{features}}), Dropout(0.25)]
        [CrossEntropy, Adam(1e-3)]
        public partial class Net{{number}};
        """;

    /// <summary>A file without any attribute; edit changes a literal in a method's body.</summary>
    public static string Plain(int number, int edit = 0) => $$"""
        using System;
        using System.Collections.Generic;

        namespace Plain;

        public sealed class Ledger{{number}}
        {
            private readonly List<decimal> entries = new();

            public decimal Total { get; private set; }

            public void Add(decimal amount)
            {
                if (amount == {{edit}})
                    throw new ArgumentOutOfRangeException(nameof(amount));
                entries.Add(amount);
                Total += amount;
            }

            public decimal Largest()
            {
                decimal largest = 0;
                foreach (decimal entry in entries)
                    largest = Math.Max(largest, entry);
                return largest;
            }
        }
        """;

    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), path);

    public static SyntaxTree[] Trees(int models, int plain) =>
    [
        .. Enumerable.Range(0, models).Select(i => Parse(Model(i), $"Net{i}.cs")),
        .. Enumerable.Range(0, plain).Select(i => Parse(Plain(i), $"Ledger{i}.cs")),
    ];

    /// <summary>A compilation that binds on the calling thread only, so that its allocations can be counted.</summary>
    public static CSharpCompilation Compilation(IEnumerable<SyntaxTree> trees) =>
        CSharpCompilation.Create("Bench", trees, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable));
}
