using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Tests.Kinds;

/// <summary>A kind of declaration that only the tests have: everything it needs stands in this file.</summary>
internal sealed class RecipeKind : DeclarationKind
{
    private static readonly ConstructTable Table = new(typeof(RecipeKind));

    public override string Mark => "Recipe";

    public override int MarkArity => 1;

    public override string Product => "dish";

    public override string Steps => "steps";

    public override ConstructTable Constructs => Table;

    public override Construct Unknown { get; } = new UnknownStep();

    public override ImmutableArray<DiagnosticDescriptor> Diagnostics { get; } = [RecipeStep.TooShort, Descriptors.NotPartial, Descriptors.SeveralParts];

    public override GeneratedNames Names { get; } = new(["Minutes"], [], []);

    public override IReadOnlyList<Finding> Check(Declaration declaration, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        ClassRules.Check(declaration, findings);
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Site site = new(declaration.Entries[i], i, declaration.Entries[i].Construct.Name);
            if (!site.Entry.IsBroken)
                site.Entry.Construct.CheckArguments(site);
            if (site.Finding is { } finding)
                findings.Add(finding);
        }
        return findings;
    }

    public override string? Emit(Declaration declaration, string? failure, CancellationToken cancellation)
    {
        if (declaration.Flaws != ClassFlaws.None)
            return null;
        int minutes = declaration.Entries.Where(entry => !entry.IsBroken).Sum(entry => entry.TryGet("minutes", out object? value) ? (int)value! : 0);
        CodeWriter writer = new();
        GeneratedClass.Begin(writer, declaration, isStub: false, failure);
        GeneratedClass.Open(writer, declaration);
        writer.Line($"public const int Minutes = {Literal.Int(minutes)};");
        GeneratedClass.End(writer, declaration);
        return writer.ToString();
    }

    private sealed class UnknownStep : Construct
    {
        public override string Name => "?";
    }
}

/// <summary>A construct of the recipe, with a rule of its own.</summary>
internal sealed class RecipeStep : Construct
{
    public static DiagnosticDescriptor TooShort { get; } = new("TST001", "Too short", "{0}", "Dsl", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public override string Name => "Step";

    public override bool HasOrder => true;

    public override void CheckArguments(Site site)
    {
        if (site.Entry.TryGet("minutes", out object? value) && value is < 1)
            site.Fail(TooShort, "minutes", "takes longer");
    }
}
