namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>What kinds of columns a drawn stage asks for.</summary>
internal enum DrawnKind
{
    Number,
    Class,
    Flag,
    Text,
    Tokens,
    Vector,
    Ids,
    Time,
    Carried,
}

/// <summary>A column of a drawn pipeline as it stands between two stages: as much of it as says which stages may read it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What is in it.</param>
/// <param name="Type">Its type in C#, without the question mark.</param>
internal sealed record DrawnColumn(string Name, DrawnKind Kind, string Type)
{
    /// <summary>The stage that made it, among the stages; -1 of the row's own.</summary>
    public int Stage { get; init; } = -1;

    /// <summary>The row has it, as it is or filled in.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Thousands of elements.</summary>
    public bool IsWide => Size >= 4000;

    /// <summary>It holds no more than a declared number of classes, which a few rows have at most.</summary>
    public bool IsForFew { get; init; }

    public bool MayBeNull { get; init; }

    /// <summary>NaN may be in it where rows are fitted.</summary>
    public bool MayBeNaN { get; init; }

    /// <summary>A number of a whole type.</summary>
    public bool IsWhole { get; init; }

    /// <summary>A text or number of so few values that each is in any sample.</summary>
    public bool IsFew { get; init; }

    /// <summary>Elements of a vector or ids as the rows have them, 0 where that is known only after fitting; of a label, its classes as the rows have them.</summary>
    public int Size { get; init; }

    /// <summary>The compiler knows that size.</summary>
    public bool IsSizeDeclared { get; init; }

    /// <summary>Classes that the compiler knows of.</summary>
    public int Classes { get; init; }

    /// <summary>A <c>StringIndexer</c> made it, or a model of such labels.</summary>
    public bool HasLabels { get; init; }

    /// <summary>For <c>Interaction</c> a number.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Each value is at least 0 where rows are fitted.</summary>
    public bool IsNonNegative { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>Kept for labels, weights and strata, or made of such: never among features.</summary>
    public bool IsLabel { get; init; }

    /// <summary>A model made it, or what it is made of.</summary>
    public bool IsOfPrediction { get; init; }

    /// <summary>A network made it: rows and batches differ by a rounding.</summary>
    public bool IsLoose { get; init; }

    public bool IsNumber => Kind is DrawnKind.Number or DrawnKind.Class;

    /// <summary>As a method's parameter declares it.</summary>
    public string Declared => MayBeNull ? Type + "?" : Type;
}
