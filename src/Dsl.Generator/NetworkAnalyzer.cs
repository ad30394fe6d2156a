using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator;

/// <summary>Reports what is wrong with a network while the user types. Apart from the generator, so that a squiggle never costs a regeneration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key under which a diagnostic carries what a fix would write instead.</summary>
    public const string Suggestion = "Suggestion";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A class with a generated part that carries [GeneratedCode] counts as generated code: without this it would lose its errors.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
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
            context.ReportDiagnostic(Diagnostic.Create(finding.Descriptor, new AnalyzerPlaces(symbol, [], context.Compilation, context.CancellationToken).ClassName(), finding.Message));
        }
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol symbol)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        if (attributes.IsEmpty)
            return;
        if (DeclarationReader.Marks(attributes) is (false, false))
        {
            ReportStrays(context, symbol, attributes);
            return;
        }
        List<AttributeData> sources = [];
        GeneratorOutput output = new(symbol, context.Compilation, context.CancellationToken);
        Declaration declaration = DeclarationReader.Read(symbol, context.Compilation, sources, output, context.CancellationToken);
        Network network = NetworkChecker.Check(declaration, context.CancellationToken);
        // What the generator threw it can only write down; with that error beside it, a warning would distract.
        IReadOnlyList<Finding> findings = output.Failure is { } failure ? [CompilerFailure.FindingFor(symbol.Name, failure)]
            : output.Copy is { } copy ? [new Finding(Descriptors.BadName, Place.ClassName, $"{symbol.Name} has every generated member already, in {copy}: a file that was generated earlier must not be compiled again")]
            : network.Findings;
        if (findings.Count == 0)
            return;
        AnalyzerPlaces places = new(symbol, sources, context.Compilation, context.CancellationToken);
        foreach (Finding finding in findings)
        {
            ImmutableDictionary<string, string?> properties = finding.Suggestion is null
                ? ImmutableDictionary<string, string?>.Empty
                : ImmutableDictionary<string, string?>.Empty.Add(Suggestion, finding.Suggestion);
            foreach (Location location in places.Find(finding.Place))
                context.ReportDiagnostic(Diagnostic.Create(finding.Descriptor, location, properties, finding.Message));
        }
    }

    private static void ReportStrays(SymbolAnalysisContext context, INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } type
                || Construct.Find(type.Name) is not ({ } construct and not UnknownLayer)
                || !DeclarationReader.IsOurs(type)
                || attribute.ApplicationSyntaxReference is not { } reference)
            {
                continue;
            }
            Location location = Location.Create(reference.SyntaxTree, reference.Span);
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NoNetwork,
                location,
                $"{construct.Name} means nothing here: {symbol.Name} is marked neither Model nor Block"));
        }
    }
}
