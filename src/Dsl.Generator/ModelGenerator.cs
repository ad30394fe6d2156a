using Dsl.Generator.Checking;
using Dsl.Generator.Emitting;
using Dsl.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator;

/// <summary>The compiler: one file for each model class. It reports nothing; the analyzer does.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Declaration?> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Dsl.ModelAttribute",
                static (node, _) => node is TypeDeclarationSyntax,
                static (model, cancellation) => DeclarationReader.Read(model, cancellation))
            .WithTrackingName("Declarations");
        IncrementalValueProvider<EquatableArray<string>> alike = models
            .Select(static (declaration, _) => declaration?.FullName ?? "")
            .Collect()
            .Select(static (names, _) => FileNames.Alike(names));
        context.RegisterSourceOutput(models.Combine(alike), static (output, pair) =>
        {
            (Declaration? declaration, EquatableArray<string> alike) = pair;
            if (declaration is null)
                return;
            Network network = NetworkChecker.Check(declaration, output.CancellationToken);
            if (!network.IsUngeneratable)
                output.AddSource(FileNames.Of(declaration.FullName, alike), ModelEmitter.Emit(network));
        });
    }
}
