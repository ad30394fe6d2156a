using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Rows;
using Dsl.Generator.Spark;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator;

/// <summary>Reports what is wrong with a declaration while the user types. Apart from the generator, so that a squiggle never costs a regeneration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key under which a diagnostic carries what a fix would write instead.</summary>
    public const string Suggestion = "Suggestion";

    private readonly DeclarationKinds kinds;

    /// <summary>Checks every kind of declaration that there is.</summary>
    public NetworkAnalyzer()
        : this(DeclarationKinds.Own)
    {
    }

    internal NetworkAnalyzer(DeclarationKinds kinds)
    {
        this.kinds = kinds;
        SupportedDiagnostics = [.. kinds.Diagnostics.Union(SparkRules.Diagnostics)];
    }

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A class with a generated part that carries [GeneratedCode] counts as generated code: without this it would lose its errors.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        context.RegisterCompilationStartAction(static start =>
        {
            // Members of a type are looked at only where a file of it may mark some: nearly all projects have none.
            HashSet<SyntaxTree> files = [.. ModelGenerator.RareMarks.Files(start.Compilation, start.CancellationToken)];
            if (files.Count > 0)
                start.RegisterSymbolAction(symbol => AnalyzeRare(symbol, files), SymbolKind.NamedType);
        });
    }

    /// <summary>What is wrong with own layers, and with what is marked for Spark.</summary>
    private static void AnalyzeRare(SymbolAnalysisContext context, HashSet<SyntaxTree> files)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)context.Symbol;
        if (!symbol.DeclaringSyntaxReferences.Any(reference => files.Contains(reference.SyntaxTree)))
            return;
        if (symbol.TypeKind == TypeKind.Struct && OwnLayerReader.IsMarked(symbol))
            CheckOwnLayer(context, symbol);
        foreach (SparkFlaw flaw in SparkRules.Check(symbol, context.Compilation))
            context.ReportDiagnostic(Diagnostic.Create(flaw.Descriptor, flaw.Location, flaw.Message));
        if (symbol.TypeKind is TypeKind.Struct or TypeKind.Class && RowReader.IsMarked(symbol))
            CheckRow(context, symbol);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)context.Symbol;
        if (symbol.TypeKind != TypeKind.Class)
            return;
        try
        {
            Analyze(context, symbol);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            Finding finding = CompilerFailure.FindingFor(symbol.Name, CompilerFailure.Describe(thrown));
            context.ReportDiagnostic(Diagnostic.Create(finding.Descriptor, new AnalyzerPlaces(symbol, [], context.Compilation, kinds, context.CancellationToken).ClassName(), finding.Message));
        }
    }

    private void Analyze(SymbolAnalysisContext context, INamedTypeSymbol symbol)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        if (attributes.IsEmpty)
            return;
        Marks marks = kinds.MarksOf(attributes);
        if (marks.Kind is { } kind)
            Check(context, symbol, kind);
        ReportStrays(context, symbol, attributes, marks);
    }

    private static void CheckOwnLayer(SymbolAnalysisContext context, INamedTypeSymbol symbol)
    {
        foreach (OwnLayerFlaw flaw in OwnLayerReader.Read(symbol, context.Compilation).Flaws)
            context.ReportDiagnostic(Diagnostic.Create(flaw.Descriptor, flaw.Location ?? symbol.Locations[0], flaw.Message));
    }

    private static void CheckRow(SymbolAnalysisContext context, INamedTypeSymbol symbol)
    {
        foreach (RowFlaw flaw in RowReader.Read(symbol, context.Compilation).Flaws)
            context.ReportDiagnostic(Diagnostic.Create(flaw.Descriptor, flaw.Location, flaw.Message));
    }

    private void Check(SymbolAnalysisContext context, INamedTypeSymbol symbol, DeclarationKind kind)
    {
        List<AttributeData> sources = [];
        GeneratorOutput output = new(symbol, context.Compilation, kinds, context.CancellationToken);
        Declaration declaration = DeclarationReader.Read(symbol, context.Compilation, sources, output, context.CancellationToken, kinds);
        IReadOnlyList<Finding> found = kind.Check(kind.Condense(declaration, context.CancellationToken), context.CancellationToken);
        // What the generator threw it can only write down; with that error beside it, a warning would distract.
        IReadOnlyList<Finding> findings = output.Failure is { } failure ? [CompilerFailure.FindingFor(symbol.Name, failure)]
            : output.Copy is { } copy ? [new Finding(Descriptors.BadName, Place.ClassName, $"{symbol.Name} has every generated member already, in {copy}: a file that was generated earlier must not be compiled again")]
            : found;
        if (findings.Count == 0)
            return;
        AnalyzerPlaces places = new(symbol, sources, context.Compilation, kinds, context.CancellationToken);
        foreach (Finding finding in findings)
        {
            ImmutableDictionary<string, string?> properties = finding.Suggestion is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(Suggestion, finding.Suggestion);
            foreach (Location location in places.Find(finding.Place))
                context.ReportDiagnostic(Diagnostic.Create(finding.Descriptor, location, properties, finding.Message));
        }
    }

    /// <summary>Attributes of a kind that the class is not (DSL111).</summary>
    private void ReportStrays(SymbolAnalysisContext context, INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes, Marks marks)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } type
                || !DeclarationKinds.IsOurs(type)
                || marks.Kind?.Constructs.Find(type.Name) is not null
                || marks.Other?.Constructs.Find(type.Name) is not null
                || attribute.ApplicationSyntaxReference is not { } reference)
            {
                continue;
            }

            List<string> wanted = [];
            Construct? stray = null;
            foreach (DeclarationKind kind in kinds.All)
            {
                if (kind.Constructs.Find(type.Name) is not { } construct || construct == kind.Unknown)
                    continue;
                stray ??= construct;
                wanted.Add(kind.Mark);
            }

            if (stray is null)
                continue;
            string last = wanted[wanted.Count - 1];
            string marked = wanted.Count == 1 ? $"not marked {last}" : $"marked neither {string.Join(", ", wanted.GetRange(0, wanted.Count - 1))} nor {last}";
            Location location = Location.Create(reference.SyntaxTree, reference.Span);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoNetwork, location, $"{stray.Name} means nothing here: {symbol.Name} is {marked}"));
        }
    }
}
