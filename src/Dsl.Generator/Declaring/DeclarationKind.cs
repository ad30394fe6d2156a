using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>
/// A kind of declaration, such as a model: its mark, its constructs, its checker and its emitters. The generator and the analyzer go over
/// <see cref="DeclarationKinds"/> and know none by name. One class, one stateless instance, so kinds are compared by reference.
/// </summary>
internal abstract class DeclarationKind
{
    private string? markClass;

    /// <summary>The attribute that marks a class, as a user writes it: <c>Model</c>.</summary>
    public abstract string Mark { get; }

    /// <summary>How many type arguments the mark takes.</summary>
    public virtual int MarkArity => 0;

    /// <summary>The mark's class as the compiler's tables have it: <c>Dsl.ModelAttribute</c>.</summary>
    public string MarkMetadataName => "Dsl." + MarkClass + (MarkArity == 0 ? "" : "`" + MarkArity);

    /// <summary>What is generated for its class, in messages: <c>network</c>.</summary>
    public abstract string Product { get; }

    /// <summary>What its constructs with an order are called in messages: <c>layers</c>.</summary>
    public abstract string Steps { get; }

    /// <summary>Used inside other declarations, where its errors are reported as well; nothing is generated for it.</summary>
    public virtual bool IsBlock => false;

    /// <summary>Most projects have none of it, so that its mark is searched as <see cref="RareMarks"/> does: what Roslyn's search costs where it finds nothing, the others would pay.</summary>
    public virtual bool IsRare => false;

    /// <summary>What its attributes mean.</summary>
    public abstract ConstructTable Constructs { get; }

    /// <summary>What stands for an attribute that the C# compiler does not find.</summary>
    public abstract Construct Unknown { get; }

    /// <summary>Every diagnostic that its checker reports.</summary>
    public abstract ImmutableArray<DiagnosticDescriptor> Diagnostics { get; }

    /// <summary>The names that its generated classes have, whatever is declared.</summary>
    public abstract GeneratedNames Names { get; }

    /// <summary>The class in namespace <c>Dsl</c> that the generated part derives from, so that the user may write it too; or null.</summary>
    public virtual string? BaseClass => null;

    /// <summary>Whether the generated part has a constructor of these parameters, so that the user's cannot have them.</summary>
    public virtual bool HasConstructor(ImmutableArray<IParameterSymbol> parameters) => false;

    /// <summary>It looks at more than attributes (<see cref="ReadFacts"/>).</summary>
    public virtual bool HasFacts => false;

    /// <summary>What of the compilation it looks at beside the attributes: plain values without symbols, equal where nothing of that has changed; null for nothing.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="compilation">Where it stands.</param>
    /// <param name="output">What generators added to the compilation, which must not count; null where they have not.</param>
    /// <param name="kinds">The kinds that other classes may be of.</param>
    /// <param name="cancellation">Stops between classes.</param>
    public virtual object? ReadFacts(INamedTypeSymbol symbol, Compilation compilation, GeneratorOutput? output, DeclarationKinds kinds, CancellationToken cancellation) => null;

    /// <summary>
    /// The same declaration with its facts worked out as far as checking and emitting need them: what costs too much for every keystroke, and hides what does not matter. Its result is
    /// compared again.
    /// </summary>
    public virtual Declaration Condense(Declaration declaration, CancellationToken cancellation) => declaration;

    /// <summary>All that is wrong with a declaration.</summary>
    public abstract IReadOnlyList<Finding> Check(Declaration declaration, CancellationToken cancellation);

    /// <summary>The text of the generated file, or null where C# would reject any.</summary>
    /// <param name="declaration">The class.</param>
    /// <param name="failure">What the compiler threw at it, so that every member throws; else null.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public abstract string? Emit(Declaration declaration, string? failure, CancellationToken cancellation);

    /// <summary>Whether an attribute class is this kind's mark.</summary>
    public bool IsMark(INamedTypeSymbol attribute) => attribute.Name == MarkClass && attribute.Arity == MarkArity;

    // Asked for every attribute of every class at every keystroke: made once.
    private string MarkClass => markClass ??= Mark + "Attribute";
}
