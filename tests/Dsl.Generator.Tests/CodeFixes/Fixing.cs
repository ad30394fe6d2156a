using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.CodeFixes;

/// <summary>Applies a fix as an editor would, at one diagnostic or at all of them.</summary>
internal static class Fixing
{
    /// <summary>The source after the fix of its first diagnostic of that id, which must be gone then; null when no fix is offered.</summary>
    public static async Task<string?> ApplyAsync(CodeFixProvider provider, string id, string source)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, source);
        ImmutableArray<Diagnostic> found = await DiagnosticsAsync(document, id);
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, found[0], (action, _) => actions.Add(action), CancellationToken.None));
        return actions.Count == 0 ? null : await ChangedAsync(Assert.Single(actions), document);
    }

    /// <summary>The source after "fix all in the document".</summary>
    public static async Task<string> ApplyAllAsync(CodeFixProvider provider, string id, string source)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, source);
        FixAllContext context = new(document, provider, FixAllScope.Document, provider.GetType().Name, [id], new Known(id), CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        return await ChangedAsync(action!, document);
    }

    public static ImmutableArray<Diagnostic> Analyze(string source) => Compiling.Analyze(Compiling.Compile(source));

    private static async Task<string> ChangedAsync(CodeAction action, Document document)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await solution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        Compilation like = Compiling.Compile();
        ProjectInfo info = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Test", "Test", LanguageNames.CSharp,
            compilationOptions: like.Options,
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: like.References);
        return workspace.AddDocument(workspace.AddProject(info).Id, "File0.cs", Microsoft.CodeAnalysis.Text.SourceText.From(source));
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, string id) =>
        [.. Compiling.Analyze((await document.Project.GetCompilationAsync())!).Where(one => one.Id == id)];

    private sealed class Known(string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(document, id);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(project.Documents.Single(), id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
