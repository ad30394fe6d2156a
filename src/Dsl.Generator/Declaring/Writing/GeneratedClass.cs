using System.Linq;

namespace Dsl.Generator.Declaring.Writing;

/// <summary>What the file of every generated class has around its members, whatever its kind.</summary>
internal static class GeneratedClass
{
    // Of a release as users know it, without the fourth number.
    private static readonly string Version = typeof(GeneratedClass).Assembly.GetName().Version.ToString(3);

    /// <summary>The attribute of what is generated.</summary>
    public static string Mark { get; } = $"[global::System.CodeDom.Compiler.GeneratedCode(\"Dsl.Generator\", \"{Version}\")]";

    /// <summary>The class as C# finds it from anywhere.</summary>
    public static string FullName(Declaration declaration) => "global::" + string.Join(".", declaration.Namespace.Split('.')
        .Where(part => part.Length > 0)
        .Concat(declaration.ContainingTypes.Select(outer => outer.Name))
        .Concat([declaration.Name])
        .Select(Literal.Name));

    /// <summary>Writes all that stands before the class and its doc comment.</summary>
    /// <param name="writer">An empty one.</param>
    /// <param name="declaration">The class.</param>
    /// <param name="isStub">The declaration has errors, so that every member throws.</param>
    /// <param name="failure">What the compiler threw at it, which the analyzer reports; else null.</param>
    public static void Begin(CodeWriter writer, Declaration declaration, bool isStub, string? failure)
    {
        writer.Line(GeneratorOutput.FirstLine);
        if (failure is not null)
            writer.Line(GeneratorOutput.FailureMark + failure);
        else if (isStub)
            writer.Line(GeneratorOutput.StubMark);
        if (declaration.OldLanguage is null)
            writer.Line("#nullable enable");
        writer.Line("#pragma warning disable");
        if (declaration.Namespace.Length > 0)
            writer.Open("namespace " + string.Join(".", declaration.Namespace.Split('.').Select(Literal.Name)));
        foreach (ContainingType container in declaration.ContainingTypes)
            writer.Open($"partial {container.Keyword} {Literal.Name(container.Name)}");
    }

    /// <summary>Opens the class itself.</summary>
    public static void Open(CodeWriter writer, Declaration declaration) => Open(writer, declaration, declaration.Kind.BaseClass is { } baseClass ? "global::Dsl." + baseClass : null);

    /// <summary>Opens the class itself.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="declaration">The class.</param>
    /// <param name="bases">What it derives from and implements; null for nothing.</param>
    public static void Open(CodeWriter writer, Declaration declaration, string? bases)
    {
        writer.Line(Mark);
        writer.Open($"partial class {Literal.Name(declaration.Name)}{(bases is null ? "" : " : " + bases)}");
    }

    /// <summary>Closes the class and all around it.</summary>
    public static void End(CodeWriter writer, Declaration declaration)
    {
        writer.Close();
        foreach (ContainingType _ in declaration.ContainingTypes)
            writer.Close();
        if (declaration.Namespace.Length > 0)
            writer.Close();
    }
}
