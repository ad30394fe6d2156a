using System;
using System.Collections.Immutable;
using System.Composition;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL302: removes the activation that the loss applies itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveActivationFix)), Shared]
public sealed class RemoveActivationFix : DeclarationFix
{
    private static readonly string[] Activations = ["Softmax", "LogSoftmax", "Sigmoid"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ActivationTwice];

    // On a block's Use the activation is not here to remove; one that has a name or reads by name is part of more than the loss.
    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        place.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && IsActivation(attribute) ? $"Remove {attribute.Name}" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic) =>
        AttributeEditing.Remove(root, place.FirstAncestorOrSelf<AttributeSyntax>()!);

    private static bool IsActivation(AttributeSyntax attribute) =>
        Array.Exists(Activations, name => AttributeNames.IsCalled(attribute.Name, name)) && (attribute.ArgumentList is null || attribute.ArgumentList.Arguments.Count == 0);
}
