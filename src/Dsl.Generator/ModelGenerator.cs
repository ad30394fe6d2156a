using System;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Emitting;
using Dsl.Generator.Networks.Graph;
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
            if (TextOf(declaration, output.CancellationToken) is { } text)
                output.AddSource(FileNames.Of(declaration.FullName, alike), text);
        });
    }

    /// <summary>The file of a model, or null where C# would reject any. What the compiler throws costs this model's bodies, no other's.</summary>
    private static string? TextOf(Declaration declaration, CancellationToken cancellation)
    {
        string? failure = declaration.Failure;
        try
        {
            if (failure is null)
            {
                Network network = NetworkChecker.Check(declaration, cancellation);
                return network.IsUngeneratable ? null : ModelEmitter.Emit(network);
            }
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            failure = CompilerFailure.Describe(thrown);
        }

        // Members as far as their names are known, then at least those that every model has.
        foreach (Declaration known in new[] { declaration.Unchecked(), declaration with { Entries = default, Blocks = default } })
        {
            try
            {
                Network network = NetworkChecker.Check(known, cancellation);
                return network.IsUngeneratable ? null : ModelEmitter.Emit(network with { HasErrors = true }, failure);
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                continue;
            }
        }
        return null;
    }
}
