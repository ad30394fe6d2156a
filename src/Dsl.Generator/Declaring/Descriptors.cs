using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>Every diagnostic of the language: the one table that the analyzer, the documentation and the tests read.</summary>
internal static class Descriptors
{
    /// <summary>Where the pages are, from the root of the repository and of the package: they have no public address yet, and an invented one could become anyone's.</summary>
    public const string Pages = "docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = Error(DiagnosticIds.NotPartial, "The class of a network or pipeline must be partial");
    public static readonly DiagnosticDescriptor WrongClass = Error(DiagnosticIds.WrongClass, "This kind of class cannot be a network or pipeline");
    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(DiagnosticIds.ContainerNotPartial, "A type that contains a network or pipeline must be partial");
    public static readonly DiagnosticDescriptor NoInput = Error(DiagnosticIds.NoInput, "A network needs an input");
    public static readonly DiagnosticDescriptor SeveralParts = Error(DiagnosticIds.SeveralParts, "Layers and stages must stand on one partial declaration");
    public static readonly DiagnosticDescriptor UnknownName = Error(DiagnosticIds.UnknownName, "Unknown layer name");
    public static readonly DiagnosticDescriptor DuplicateName = Error(DiagnosticIds.DuplicateName, "Duplicate or missing name");
    public static readonly DiagnosticDescriptor NoSource = Error(DiagnosticIds.NoSource, "A layer must come after what it reads");
    public static readonly DiagnosticDescriptor Unused = Warning(DiagnosticIds.Unused, "The output is not used");
    public static readonly DiagnosticDescriptor BadName = Error(DiagnosticIds.BadName, "The name cannot be used for a member");
    public static readonly DiagnosticDescriptor NoNetwork = Error(DiagnosticIds.NoNetwork, "The class is no model, block or pipeline");
    public static readonly DiagnosticDescriptor Surplus = Error(DiagnosticIds.Surplus, "There may be only one, and none on a block");
    public static readonly DiagnosticDescriptor NothingToOptimize = Error(DiagnosticIds.NothingToOptimize, "An optimizer needs a loss, a schedule an optimizer");
    public static readonly DiagnosticDescriptor Recursive = Error(DiagnosticIds.Recursive, "A block cannot use itself");
    public static readonly DiagnosticDescriptor NoBlock = Error(DiagnosticIds.NoBlock, "Use needs a block");
    public static readonly DiagnosticDescriptor NoLayers = Error(DiagnosticIds.NoLayers, "A model needs layers, a pipeline stages");
    public static readonly DiagnosticDescriptor WrongOwnLayer = Error(DiagnosticIds.WrongOwnLayer, "Custom needs an own layer");
    public static readonly DiagnosticDescriptor CutCrossed = Error(DiagnosticIds.CutCrossed, "A later layer reads across the cut");
    public static readonly DiagnosticDescriptor OldLanguage = Error(DiagnosticIds.OldLanguage, "The C# version is too old for a network");
    public static readonly DiagnosticDescriptor Failed = Error(DiagnosticIds.Failed, "The compiler of networks has failed");
    public static readonly DiagnosticDescriptor WrongRank = Error(DiagnosticIds.WrongRank, "The number of dimensions does not fit the layer");
    public static readonly DiagnosticDescriptor OutOfRange = Error(DiagnosticIds.OutOfRange, "The argument is out of range");
    public static readonly DiagnosticDescriptor WindowTooLarge = Error(DiagnosticIds.WindowTooLarge, "The window is larger than the padded input");
    public static readonly DiagnosticDescriptor NotDivisible = Error(DiagnosticIds.NotDivisible, "The size is not divisible");
    public static readonly DiagnosticDescriptor ShapesDiffer = Error(DiagnosticIds.ShapesDiffer, "The shapes to merge differ");
    public static readonly DiagnosticDescriptor CannotReorder = Error(DiagnosticIds.CannotReorder, "The new shape does not fit");
    public static readonly DiagnosticDescriptor WrongElement = Error(DiagnosticIds.WrongElement, "Ids and numbers are mixed up");
    public static readonly DiagnosticDescriptor TooLarge = Error(DiagnosticIds.TooLarge, "The tensor is too large");
    public static readonly DiagnosticDescriptor BlockInput = Error(DiagnosticIds.BlockInput, "The block expects another input");
    public static readonly DiagnosticDescriptor LossDoesNotFit = Error(DiagnosticIds.LossDoesNotFit, "The loss does not fit the output");
    public static readonly DiagnosticDescriptor ActivationTwice = Warning(DiagnosticIds.ActivationTwice, "The loss applies the activation itself");
    public static readonly DiagnosticDescriptor NothingToTrain = Warning(DiagnosticIds.NothingToTrain, "There is nothing to train");
    public static readonly DiagnosticDescriptor OverBudget = Error(DiagnosticIds.OverBudget, "The network is over its budget");
    public static readonly DiagnosticDescriptor EndsUntrained = Warning(DiagnosticIds.EndsUntrained, "The last layer disturbs the loss");
    public static readonly DiagnosticDescriptor NoColumn = Error(DiagnosticIds.NoColumn, "No column of Spark has values of that type");
    public static readonly DiagnosticDescriptor WrongFunction = Error(DiagnosticIds.WrongFunction, "Executors cannot call the method");
    public static readonly DiagnosticDescriptor NullableMismatch = Error(DiagnosticIds.NullableMismatch, "Null cannot stand there");
    public static readonly DiagnosticDescriptor WrongFunctionClass = Error(DiagnosticIds.WrongFunctionClass, "The class of Spark's functions must be partial");
    public static readonly DiagnosticDescriptor NoSpark = Error(DiagnosticIds.NoSpark, "Spark's functions need Dsl.Spark");
    public static readonly DiagnosticDescriptor NoRowMember = Error(DiagnosticIds.NoRowMember, "No column of a table has values of the member's type");
    public static readonly DiagnosticDescriptor NoRow = Error(DiagnosticIds.NoRow, "The type cannot be a row of a table");

    public static readonly DiagnosticDescriptor NoSuchColumn = Error(DiagnosticIds.NoSuchColumn, "There is no such column here");
    public static readonly DiagnosticDescriptor WrongColumn = Error(DiagnosticIds.WrongColumn, "The column is of another kind");
    public static readonly DiagnosticDescriptor MayBeNull = Error(DiagnosticIds.MayBeNull, "The column may be null");
    public static readonly DiagnosticDescriptor ColumnExists = Error(DiagnosticIds.ColumnExists, "There is such a column already");
    public static readonly DiagnosticDescriptor WrongRow = Error(DiagnosticIds.WrongRow, "The type cannot be a row, or the property no column");
    public static readonly DiagnosticDescriptor WrongMethod = Error(DiagnosticIds.WrongMethod, "A pipeline cannot call the method");
    public static readonly DiagnosticDescriptor InputDoesNotFit = Error(DiagnosticIds.InputDoesNotFit, "The columns do not fit the network's input");
    public static readonly DiagnosticDescriptor SizeUnknown = Warning(DiagnosticIds.SizeUnknown, "The size is known only after fitting");
    public static readonly DiagnosticDescriptor NetworkDoesNotFit = Error(DiagnosticIds.NetworkDoesNotFit, "The network does not fit the pipeline");
    public static readonly DiagnosticDescriptor WrongMetric = Error(DiagnosticIds.WrongMetric, "The metric does not fit the model");
    public static readonly DiagnosticDescriptor WrongGrid = Error(DiagnosticIds.WrongGrid, "The grid cannot vary that");
    public static readonly DiagnosticDescriptor Leaks = Error(DiagnosticIds.Leaks, "A sensitive column would leak");
    public static readonly DiagnosticDescriptor UnusedColumn = Info(DiagnosticIds.UnusedColumn, "Nothing reads what the stage makes");
    public static readonly DiagnosticDescriptor LabelLeaks = Error(DiagnosticIds.LabelLeaks, "The label is among the features");
    public static readonly DiagnosticDescriptor WrongOption = Error(DiagnosticIds.WrongOption, "The option is out of range");
    public static readonly DiagnosticDescriptor SeesTestRows = Warning(DiagnosticIds.SeesTestRows, "The stage sees the rows that Split holds back");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, WrongClass, ContainerNotPartial, NoInput, SeveralParts, UnknownName, DuplicateName, NoSource, Unused, BadName,
        NoNetwork, Surplus, NothingToOptimize, Recursive, NoBlock, NoLayers, WrongOwnLayer, CutCrossed, OldLanguage, Failed,
        WrongRank, OutOfRange, WindowTooLarge, NotDivisible, ShapesDiffer, CannotReorder, WrongElement, TooLarge, BlockInput,
        LossDoesNotFit, ActivationTwice, NothingToTrain, OverBudget, EndsUntrained,
        NoColumn, WrongFunction, NullableMismatch, WrongFunctionClass, NoSpark,
        NoRowMember, NoRow,
        NoSuchColumn, WrongColumn, MayBeNull, ColumnExists, WrongRow, WrongMethod, InputDoesNotFit, SizeUnknown, NetworkDoesNotFit,
        WrongMetric, WrongGrid, Leaks, UnusedColumn, LabelLeaks, WrongOption, SeesTestRows,
    ];

    /// <summary>Those of pipelines, with those of classes that they share with networks.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfPipelines =
    [
        NotPartial, WrongClass, ContainerNotPartial, SeveralParts, DuplicateName, BadName, NoNetwork, Surplus, NoLayers, OldLanguage, Failed,
        NoSuchColumn, WrongColumn, MayBeNull, ColumnExists, WrongRow, WrongMethod, InputDoesNotFit, SizeUnknown, NetworkDoesNotFit,
        WrongMetric, WrongGrid, Leaks, UnusedColumn, LabelLeaks, WrongOption, SeesTestRows,
    ];

    private static DiagnosticDescriptor Error(string id, string title) => Create(id, title, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Info(string id, string title) => Create(id, title, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Warning(string id, string title) => Create(id, title, DiagnosticSeverity.Warning);

    // The text is put together where the shapes are known, so the format is the text itself.
    private static DiagnosticDescriptor Create(string id, string title, DiagnosticSeverity severity) =>
        new(id, title, "{0}", "Dsl", severity, isEnabledByDefault: true, helpLinkUri: Pages + id + ".md");
}
