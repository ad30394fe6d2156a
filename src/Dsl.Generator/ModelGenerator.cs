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

    /// <summary>The marks of what is no declaration of a kind.</summary>
    internal static RareMarks RareMarks { get; } = new(OwnLayerReader.MarkMetadataName, UdfReader.MarkMetadataName, MapReader.MarkMetadataName, RowReader.MarkMetadataName);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(SyntaxTree Tree, Compilation Compilation)> files = context.CompilationProvider
            .SelectMany(static (compilation, cancellation) => RareMarks.Files(compilation, cancellation))
            .Combine(context.CompilationProvider);
        OwnLayers(context, files);
        Functions(context, files);
        SparkRows(context, files);

        // Roslyn takes no two files whose names differ by case alone, so the names of all kinds are looked at together.
        List<(DeclarationKind Kind, IncrementalValuesProvider<Declaration?> Declarations)> sources = [];
        IncrementalValueProvider<ImmutableArray<string>>? names = null;
        foreach (DeclarationKind kind in kinds.All)
        {
            if (kind.IsBlock)
                continue;
            IncrementalValuesProvider<Declaration?> declarations = (kind.IsRare ? Rare(context, kind) : Frequent(context, kind)).WithTrackingName("Declarations");
            if (kind.HasFacts)
                declarations = declarations.Select((declaration, cancellation) => declaration is null ? null : Condensed(kind, declaration, cancellation)).WithTrackingName("Condensed");
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

    private IncrementalValuesProvider<Declaration?> Frequent(IncrementalGeneratorInitializationContext context, DeclarationKind kind) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            kind.MarkMetadataName,
            static (node, _) => node is TypeDeclarationSyntax,
            (marked, cancellation) => DeclarationReader.Read(
                marked.TargetSymbol, marked.SemanticModel.Compilation, marked.TargetNode.SyntaxTree, marked.TargetNode.Span, kind, kinds, cancellation));

    // Apart from the other rare marks: a file with one of those is looked at for each of them.
    private IncrementalValuesProvider<Declaration?> Rare(IncrementalGeneratorInitializationContext context, DeclarationKind kind)
    {
        RareMarks marks = new(kind.MarkMetadataName);
        return context.CompilationProvider
            .SelectMany((compilation, cancellation) => marks.Files(compilation, cancellation))
            .Combine(context.CompilationProvider)
            .SelectMany((file, cancellation) =>
            {
                List<Declaration?> declarations = [];
                foreach ((ISymbol symbol, AttributeData mark) in RareMarks.In(file.Left, file.Right, kind.MarkMetadataName, cancellation))
                    declarations.Add(DeclarationReader.Read(symbol, file.Right, file.Left, mark.ApplicationSyntaxReference!.Span, kind, kinds, cancellation));
                return declarations;
            });
    }

    /// <summary>A file for each struct that is marked as a layer, where C# takes one.</summary>
    private static void OwnLayers(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<(SyntaxTree Tree, Compilation Compilation)> files)
    {
        IncrementalValuesProvider<OwnLayerPart> parts = Marked(
            files,
            OwnLayerReader.MarkMetadataName,
            static (INamedTypeSymbol symbol, AttributeData _, Compilation compilation) => symbol.TypeKind == TypeKind.Struct ? PartOf(OwnLayerReader.Read(symbol, compilation)) : null,
            "OwnLayers");
        Output(context, parts, static part => part.FullName + ".Layer", OwnLayerEmitter.Emit, Alike(Names(parts, static part => part.FullName + ".Layer")));
    }

    /// <summary>A file for each method that Spark's executors are to call, where C# takes one.</summary>
    private static void Functions(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<(SyntaxTree Tree, Compilation Compilation)> files)
    {
        IncrementalValuesProvider<UdfPart> udfs = Marked(
            files, UdfReader.MarkMetadataName, static (IMethodSymbol method, AttributeData mark, Compilation compilation) => UdfReader.Read(method, mark, compilation).Part, "Functions");
        IncrementalValuesProvider<MapPart> maps = Marked(
            files, MapReader.MarkMetadataName, static (IMethodSymbol method, AttributeData mark, Compilation compilation) => MapReader.Read(method, mark, compilation).Part, "Functions");
        IncrementalValueProvider<EquatableArray<string>> alike = Alike(Names(udfs, static part => part.Place.FullName).Combine(Names(maps, static part => part.Place.FullName)).Select(static (names, _) => names.Left.AddRange(names.Right)));
        Output(context, udfs, static part => part.Place.FullName, UdfEmitter.Emit, alike);
        Output(context, maps, static part => part.Place.FullName, MapEmitter.Emit, alike);
    }

    /// <summary>A file for each record that is marked as a row of Spark's tables, where C# takes one.</summary>
    private static void SparkRows(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<(SyntaxTree Tree, Compilation Compilation)> files)
    {
        IncrementalValuesProvider<RowPart> parts = Marked(
            files, RowReader.MarkMetadataName, static (INamedTypeSymbol symbol, AttributeData _, Compilation compilation) => RowReader.Read(symbol, compilation).Part, "SparkRows");
        Output(context, parts, static part => part.FullName + ".Row", RowEmitter.Emit, Alike(Names(parts, static part => part.FullName + ".Row")));
    }

    /// <summary>What is read of each declaration under a mark; nothing of one that C# takes no part of.</summary>
    private static IncrementalValuesProvider<TPart> Marked<TSymbol, TPart>(
        IncrementalValuesProvider<(SyntaxTree Tree, Compilation Compilation)> files, string mark, Func<TSymbol, AttributeData, Compilation, TPart?> read, string trackingName)
        where TSymbol : class, ISymbol
        where TPart : class => files.SelectMany((file, cancellation) =>
        {
            List<TPart> parts = [];
            foreach ((ISymbol symbol, AttributeData attribute) in RareMarks.In(file.Tree, file.Compilation, mark, cancellation))
            {
                if (symbol is TSymbol declared && read(declared, attribute, file.Compilation) is { } part)
                    parts.Add(part);
            }

            return parts;
        }).WithTrackingName(trackingName);

    private static IncrementalValueProvider<ImmutableArray<string>> Names<TPart>(IncrementalValuesProvider<TPart> parts, Func<TPart, string> fullName) =>
        parts.Select((part, _) => fullName(part)).Collect();

    private static IncrementalValueProvider<EquatableArray<string>> Alike(IncrementalValueProvider<ImmutableArray<string>> names) =>
        names.Select(static (names, _) => FileNames.Alike(names));

    private static void Output<TPart>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<TPart> parts, Func<TPart, string> fullName, Func<TPart, string> emit, IncrementalValueProvider<EquatableArray<string>> alike) =>
        context.RegisterSourceOutput(parts.Combine(alike), (output, pair) => output.AddSource(FileNames.Of(fullName(pair.Left), pair.Right), emit(pair.Left)));

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

    /// <summary>The declaration with condensed facts; what the compiler throws at it is known then.</summary>
    private static Declaration Condensed(DeclarationKind kind, Declaration declaration, CancellationToken cancellation)
    {
        try
        {
            return kind.Condense(declaration, cancellation);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return declaration with { Failure = CompilerFailure.Describe(thrown), Facts = null };
        }
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
