using System.Threading.Tasks;
using Dsl.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Dsl.CodeFixes;

/// <summary>A fix that changes a declaration at one diagnostic. Applied to all of a document, a project or a solution as well.</summary>
public abstract class DeclarationFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode place = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (TitleOf(place, diagnostic) is not { } title)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(Apply(root, place, diagnostic))), GetType().Name),
                diagnostic);
        }
    }

    /// <summary>What the analyzer says that a fix would write, or null.</summary>
    private protected static string? SuggestionOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(NetworkAnalyzer.Suggestion, out string? suggestion) ? suggestion : null;

    /// <summary>What the fix does, or null where it cannot do it.</summary>
    private protected abstract string? TitleOf(SyntaxNode place, Diagnostic diagnostic);

    /// <summary>The changed document.</summary>
    private protected abstract SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic);
}
