using Dsl.Generator.Checking;
using Dsl.Generator.Emitting;
using Dsl.Generator.Frontend;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator;

/// <summary>The compiler: one file for each model class. It reports nothing; the analyzer does.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Declaration> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Dsl.ModelAttribute",
                static (_, _) => true,
                static (model, cancellation) => DeclarationReader.Read((INamedTypeSymbol)model.TargetSymbol, model.SemanticModel.Compilation, null, cancellation))
            .WithTrackingName("Declarations");
        context.RegisterSourceOutput(models, static (output, declaration) =>
        {
            Network network = NetworkChecker.Check(declaration, output.CancellationToken);
            if (!network.IsUngeneratable)
                output.AddSource(declaration.FullName + ".g.cs", ModelEmitter.Emit(network));
        });
    }
}
