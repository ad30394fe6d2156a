using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Rows;
using Dsl.Generator.Spark;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator;

/// <summary>The compiler: one file for each marked class, as its kind emits it. It reports nothing; the analyzer does.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    private readonly DeclarationKinds kinds;

    /// <summary>Compiles every kind of declaration that there is.</summary>
    public ModelGenerator()
        : this(DeclarationKinds.Own)
    {
    }

    internal ModelGenerator(DeclarationKinds kinds) => this.kinds = kinds;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        OwnLayers(context);
        Functions(context);
        SparkRows(context);

        // Roslyn takes no two files whose names differ by case alone, so the names of all kinds are looked at together.
        List<(DeclarationKind Kind, IncrementalValuesProvider<Declaration?> Declarations)> sources = [];
        IncrementalValueProvider<ImmutableArray<string>>? names = null;
        foreach (DeclarationKind kind in kinds.All)
        {
            if (kind.IsBlock)
                continue;
            IncrementalValuesProvider<Declaration?> declarations = context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    kind.MarkMetadataName,
                    static (node, _) => node is TypeDeclarationSyntax,
                    (marked, cancellation) => DeclarationReader.Read(marked, kind, kinds, cancellation))
                .WithTrackingName("Declarations");
            sources.Add((kind, declarations));
            IncrementalValueProvider<ImmutableArray<string>> own = declarations.Select(static (declaration, _) => declaration?.FullName ?? "").Collect();
            names = names is { } others ? others.Combine(own).Select(static (pair, _) => pair.Left.AddRange(pair.Right)) : own;
        }

        if (names is not { } all)
            return;
        IncrementalValueProvider<EquatableArray<string>> alike = all.Select(static (names, _) => FileNames.Alike(names));
        foreach ((DeclarationKind kind, IncrementalValuesProvider<Declaration?> declarations) in sources)
        {
            context.RegisterSourceOutput(declarations.Combine(alike), (output, pair) =>
            {
                (Declaration? declaration, EquatableArray<string> alike) = pair;
                if (declaration is null)
                    return;
                if (TextOf(kind, declaration, output.CancellationToken) is { } text)
                    output.AddSource(FileNames.Of(declaration.FullName, alike), text);
            });
        }
    }

    /// <summary>A file for each struct that is marked as a layer, where C# takes one.</summary>
    private static void OwnLayers(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<OwnLayerPart?> parts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                OwnLayerReader.MarkMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (marked, _) => marked.TargetSymbol is INamedTypeSymbol { TypeKind: TypeKind.Struct } symbol ? PartOf(OwnLayerReader.Read(symbol, marked.SemanticModel.Compilation)) : null)
            .WithTrackingName("OwnLayers");
        IncrementalValueProvider<EquatableArray<string>> alike = parts.Select(static (part, _) => part is null ? "" : part.FullName + ".Layer").Collect().Select(static (names, _) => FileNames.Alike(names));
        context.RegisterSourceOutput(parts.Combine(alike), static (output, pair) =>
        {
            if (pair.Left is { } part)
                output.AddSource(FileNames.Of(part.FullName + ".Layer", pair.Right), OwnLayerEmitter.Emit(part));
        });
    }

    /// <summary>A file for each method that Spark's executors are to call, where C# takes one.</summary>
    private static void Functions(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<UdfPart?> udfs = Marked(context, UdfReader.MarkMetadataName, static (method, mark, compilation) => UdfReader.Read(method, mark, compilation).Part);
        IncrementalValuesProvider<MapPart?> maps = Marked(context, MapReader.MarkMetadataName, static (method, mark, compilation) => MapReader.Read(method, mark, compilation).Part);
        IncrementalValueProvider<EquatableArray<string>> alike = udfs.Select(static (part, _) => part?.Place.FullName ?? "").Collect()
            .Combine(maps.Select(static (part, _) => part?.Place.FullName ?? "").Collect())
            .Select(static (names, _) => FileNames.Alike(names.Left.AddRange(names.Right)));
        context.RegisterSourceOutput(udfs.Combine(alike), static (output, pair) =>
        {
            if (pair.Left is { } part)
                output.AddSource(FileNames.Of(part.Place.FullName, pair.Right), UdfEmitter.Emit(part));
        });
        context.RegisterSourceOutput(maps.Combine(alike), static (output, pair) =>
        {
            if (pair.Left is { } part)
                output.AddSource(FileNames.Of(part.Place.FullName, pair.Right), MapEmitter.Emit(part));
        });
    }

    private static IncrementalValuesProvider<TPart?> Marked<TPart>(IncrementalGeneratorInitializationContext context, string mark, Func<IMethodSymbol, AttributeData, Compilation, TPart?> read)
        where TPart : class => context.SyntaxProvider
            .ForAttributeWithMetadataName(
                mark,
                static (node, _) => node is MethodDeclarationSyntax,
                (marked, _) => marked.TargetSymbol is IMethodSymbol method ? read(method, marked.Attributes[0], marked.SemanticModel.Compilation) : null)
            .WithTrackingName("Functions");

    /// <summary>A file for each record that is marked as a row of Spark's tables, where C# takes one.</summary>
    private static void SparkRows(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<RowPart?> parts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                RowReader.MarkMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (marked, _) => marked.TargetSymbol is INamedTypeSymbol symbol ? RowReader.Read(symbol, marked.SemanticModel.Compilation).Part : null)
            .WithTrackingName("SparkRows");
        IncrementalValueProvider<EquatableArray<string>> alike = parts.Select(static (part, _) => part is null ? "" : part.FullName + ".Row").Collect().Select(static (names, _) => FileNames.Alike(names));
        context.RegisterSourceOutput(parts.Combine(alike), static (output, pair) =>
        {
            if (pair.Left is { } part)
                output.AddSource(FileNames.Of(part.FullName + ".Row", pair.Right), RowEmitter.Emit(part));
        });
    }

    private static OwnLayerPart? PartOf(OwnLayerReading layer)
    {
        foreach (OwnLayerFlaw flaw in layer.Flaws)
        {
            if (flaw.IsOfForm)
                return null;
        }

        return new OwnLayerPart(
            layer.Symbol.Name,
            ClassShape.NamespaceOf(layer.Symbol),
            ClassShape.ContainersOf(layer.Symbol),
            layer.Features,
            layer.ParameterCount,
            layer.HasInitialize,
            layer.Flaws.Count > 0);
    }

    /// <summary>The file of a class, or null where C# would reject any. What the compiler throws costs this class's bodies, no other's.</summary>
    private static string? TextOf(DeclarationKind kind, Declaration declaration, CancellationToken cancellation)
    {
        string? failure = declaration.Failure;
        try
        {
            if (failure is null)
                return kind.Emit(declaration, failure: null, cancellation);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            failure = CompilerFailure.Describe(thrown);
        }

        // Members as far as their names are known, then at least those that every class of the kind has.
        foreach (Declaration known in new[] { declaration.Unchecked(), declaration with { Entries = default, Blocks = default } })
        {
            try
            {
                return kind.Emit(known, failure, cancellation);
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                continue;
            }
        }

        return null;
    }
}
