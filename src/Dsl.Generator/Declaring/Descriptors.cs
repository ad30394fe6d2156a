using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>Every diagnostic of the language: the one table that the analyzer, the documentation and the tests read.</summary>
internal static class Descriptors
{
    /// <summary>Where the pages are, from the root of the repository and of the package: they have no public address yet, and an invented one could become anyone's.</summary>
    public const string Pages = "docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = Error("DSL101", "A network's class must be partial");
    public static readonly DiagnosticDescriptor WrongClass = Error("DSL102", "This kind of class cannot be a network");
    public static readonly DiagnosticDescriptor ContainerNotPartial = Error("DSL103", "A type that contains a network must be partial");
    public static readonly DiagnosticDescriptor NoInput = Error("DSL104", "A network needs an input");
    public static readonly DiagnosticDescriptor SeveralParts = Error("DSL105", "Layers must stand on one partial declaration");
    public static readonly DiagnosticDescriptor UnknownName = Error("DSL106", "Unknown layer name");
    public static readonly DiagnosticDescriptor DuplicateName = Error("DSL107", "Duplicate or missing name");
    public static readonly DiagnosticDescriptor NoSource = Error("DSL108", "A layer must come after what it reads");
    public static readonly DiagnosticDescriptor Unused = Warning("DSL109", "The output is not used");
    public static readonly DiagnosticDescriptor BadName = Error("DSL110", "The name cannot be used for a member");
    public static readonly DiagnosticDescriptor NoNetwork = Error("DSL111", "The class is neither a model nor a block");
    public static readonly DiagnosticDescriptor Surplus = Error("DSL112", "There may be only one, and none on a block");
    public static readonly DiagnosticDescriptor NothingToOptimize = Error("DSL113", "An optimizer needs a loss, a schedule an optimizer");
    public static readonly DiagnosticDescriptor Recursive = Error("DSL114", "A block cannot use itself");
    public static readonly DiagnosticDescriptor NoBlock = Error("DSL115", "Use needs a block");
    public static readonly DiagnosticDescriptor NoLayers = Error("DSL116", "A model needs layers");
    public static readonly DiagnosticDescriptor CutCrossed = Error("DSL118", "A later layer reads across the cut");
    public static readonly DiagnosticDescriptor OldLanguage = Error("DSL119", "The C# version is too old for a network");
    public static readonly DiagnosticDescriptor Failed = Error("DSL120", "The compiler of networks has failed");
    public static readonly DiagnosticDescriptor WrongRank = Error("DSL201", "The number of dimensions does not fit the layer");
    public static readonly DiagnosticDescriptor OutOfRange = Error("DSL202", "The argument is out of range");
    public static readonly DiagnosticDescriptor WindowTooLarge = Error("DSL203", "The window is larger than the padded input");
    public static readonly DiagnosticDescriptor NotDivisible = Error("DSL204", "The size is not divisible");
    public static readonly DiagnosticDescriptor ShapesDiffer = Error("DSL205", "The shapes to merge differ");
    public static readonly DiagnosticDescriptor CannotReorder = Error("DSL206", "The new shape does not fit");
    public static readonly DiagnosticDescriptor WrongElement = Error("DSL207", "Ids and numbers are mixed up");
    public static readonly DiagnosticDescriptor TooLarge = Error("DSL208", "The tensor is too large");
    public static readonly DiagnosticDescriptor BlockInput = Error("DSL209", "The block expects another input");
    public static readonly DiagnosticDescriptor LossDoesNotFit = Error("DSL301", "The loss does not fit the output");
    public static readonly DiagnosticDescriptor ActivationTwice = Warning("DSL302", "The loss applies the activation itself");
    public static readonly DiagnosticDescriptor NothingToTrain = Warning("DSL303", "There is nothing to train");
    public static readonly DiagnosticDescriptor OverBudget = Error("DSL304", "The network is over its budget");
    public static readonly DiagnosticDescriptor EndsUntrained = Warning("DSL305", "The last layer disturbs the loss");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, WrongClass, ContainerNotPartial, NoInput, SeveralParts, UnknownName, DuplicateName, NoSource, Unused, BadName,
        NoNetwork, Surplus, NothingToOptimize, Recursive, NoBlock, NoLayers, CutCrossed, OldLanguage, Failed,
        WrongRank, OutOfRange, WindowTooLarge, NotDivisible, ShapesDiffer, CannotReorder, WrongElement, TooLarge, BlockInput,
        LossDoesNotFit, ActivationTwice, NothingToTrain, OverBudget, EndsUntrained,
    ];

    private static DiagnosticDescriptor Error(string id, string title) => Create(id, title, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title) => Create(id, title, DiagnosticSeverity.Warning);

    // The text is put together where the shapes are known, so the format is the text itself.
    private static DiagnosticDescriptor Create(string id, string title, DiagnosticSeverity severity) =>
        new(id, title, "{0}", "Dsl", severity, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");
}
