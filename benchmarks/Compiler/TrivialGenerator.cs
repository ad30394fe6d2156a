using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Benchmarks.Compiler;

/// <summary>
/// The least that any generator over marked classes can do: Roslyn finds the attribute and binds it, one string goes through, one small
/// file comes out. What ours costs beyond it is ours.
/// </summary>
/// <param name="marks">The attributes to find, as the compiler's tables have them.</param>
#pragma warning disable RS1036, RS1038, RS1041, RS1042 // A yardstick inside a benchmark, never loaded by a compiler.
[Generator(LanguageNames.CSharp)]
internal sealed class TrivialGenerator(params string[] marks) : IIncrementalGenerator
#pragma warning restore RS1036, RS1038, RS1041, RS1042
{
    public const string Models = "Dsl.ModelAttribute";
    public const string Pipelines = "Dsl.PipelineAttribute`1";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (string mark in marks)
            Find(context, mark);
    }

    private static void Find(IncrementalGeneratorInitializationContext context, string mark)
    {
        IncrementalValuesProvider<string> names = context.SyntaxProvider.ForAttributeWithMetadataName(
            mark,
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, _) => found.TargetSymbol.Name + " " + found.TargetSymbol.GetAttributes().Length);
        context.RegisterSourceOutput(names, static (output, name) =>
        {
            string type = name[..name.IndexOf(' ', System.StringComparison.Ordinal)];
            output.AddSource(type + ".g.cs", $"namespace Models;\npartial class {type}\n{{\n    // {name}\n}}\n");
        });
    }
}
