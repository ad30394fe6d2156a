using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// Prints a model class: the members that docs/language.md lists (What a model class gets), and the program behind them. With an error in the declaration every member is still
/// there, and throws, so that the user sees our error and no other.
/// </summary>
internal static class ModelEmitter
{
    // Of a release as users know it, without the fourth number.
    private static readonly string Version = typeof(ModelEmitter).Assembly.GetName().Version.ToString(3);

    /// <summary>The text of the file for a model.</summary>
    /// <param name="network">The network; one with errors gets members that throw.</param>
    /// <param name="parts">What the class is made of, in this order.</param>
    /// <param name="failure">What the compiler threw at it, which the analyzer reports; else null.</param>
    public static string Emit(Network network, IReadOnlyList<ModelPart> parts, string? failure = null)
    {
        Program? program = network.HasErrors ? null : Planner.Plan(network);
        CodeWriter writer = new();
        ModelContext context = new(writer, network, program, new MemberNames(network));
        writer.Line(GeneratorOutput.FirstLine);
        if (failure is not null)
            writer.Line(GeneratorOutput.FailureMark + failure);
        else if (context.Throws)
            writer.Line(GeneratorOutput.StubMark);
        if (network.Declaration.OldLanguage is null)
            writer.Line("#nullable enable");
        writer.Line("#pragma warning disable");
        Declaration declaration = network.Declaration;
        if (declaration.Namespace.Length > 0)
            writer.Open("namespace " + string.Join(".", declaration.Namespace.Split('.').Select(Escape)));
        foreach (ContainingType container in declaration.ContainingTypes)
            writer.Open($"partial {container.Keyword} {Escape(container.Name)}");
        new ModelDocument(network).Write(writer);
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"Dsl.Generator\", \"{Version}\")]");
        writer.Open($"partial class {Escape(declaration.Name)} : global::Dsl.Network");
        foreach (ModelPart part in parts)
            part.Write(context);
        writer.Close();
        foreach (ContainingType _ in declaration.ContainingTypes)
            writer.Close();
        if (declaration.Namespace.Length > 0)
            writer.Close();
        return writer.ToString();
    }

    /// <summary>A user's name as C# takes it: one that is a keyword (written <c>@class</c>) needs its sign again.</summary>
    internal static string Escape(string identifier) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(identifier) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
        && Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetContextualKeywordKind(identifier) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None
            ? identifier
            : "@" + identifier;
}
