namespace Dsl.Generator.Declaring;

/// <summary>The ids of the diagnostics, for the table of them and for the fixes.</summary>
internal static class DiagnosticIds
{
    public const string NotPartial = "DSL101";
    public const string WrongClass = "DSL102";
    public const string ContainerNotPartial = "DSL103";
    public const string NoInput = "DSL104";
    public const string SeveralParts = "DSL105";
    public const string UnknownName = "DSL106";
    public const string DuplicateName = "DSL107";
    public const string NoSource = "DSL108";
    public const string Unused = "DSL109";
    public const string BadName = "DSL110";
    public const string NoNetwork = "DSL111";
    public const string Surplus = "DSL112";
    public const string NothingToOptimize = "DSL113";
    public const string Recursive = "DSL114";
    public const string NoBlock = "DSL115";
    public const string NoLayers = "DSL116";
    public const string WrongOwnLayer = "DSL117";
    public const string CutCrossed = "DSL118";
    public const string OldLanguage = "DSL119";
    public const string Failed = "DSL120";
    public const string WrongRank = "DSL201";
    public const string OutOfRange = "DSL202";
    public const string WindowTooLarge = "DSL203";
    public const string NotDivisible = "DSL204";
    public const string ShapesDiffer = "DSL205";
    public const string CannotReorder = "DSL206";
    public const string WrongElement = "DSL207";
    public const string TooLarge = "DSL208";
    public const string BlockInput = "DSL209";
    public const string LossDoesNotFit = "DSL301";
    public const string ActivationTwice = "DSL302";
    public const string NothingToTrain = "DSL303";
    public const string OverBudget = "DSL304";
    public const string EndsUntrained = "DSL305";
    public const string NoColumn = "DSL401";
    public const string WrongFunction = "DSL402";
    public const string NullableMismatch = "DSL403";
    public const string WrongFunctionClass = "DSL404";
    public const string NoSpark = "DSL405";
    public const string NoRowMember = "DSL410";
    public const string NoRow = "DSL411";
}
