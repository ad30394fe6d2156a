using System.Collections.Generic;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>
/// A column as it stands between two stages. One that a stage changes in place (<c>Imputer</c>, <c>DropNulls</c>) is a further column of that name: columns are told apart by
/// <see cref="Index"/>.
/// </summary>
internal sealed record Column
{
    /// <summary>A size or number of classes that cannot be known because something about it is wrong.</summary>
    public const int Wrong = -1;

    /// <summary>Its ordinal among all of the pipeline.</summary>
    public int Index { get; init; }

    public string Name { get; init; } = "";

    public ColumnKind Kind { get; init; }

    /// <summary>Its type in the output row without the question mark, as C# finds it from anywhere.</summary>
    public string CSharp { get; init; } = "";

    /// <summary>That type is a class, a string or an array.</summary>
    public bool IsReference { get; init; }

    /// <summary>It may be null in the output row. Of a training column that a stage has made always.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Declared without nullable annotations: null in it is an error at run time.</summary>
    public bool IsOblivious { get; init; }

    /// <summary>A number of a whole type.</summary>
    public bool IsWhole { get; init; }

    /// <summary>A number of a type that has NaN.</summary>
    public bool MayBeNaN => Kind == ColumnKind.Number && CSharp is "double" or "float";

    /// <summary>Elements of a vector, ids of a row; 0 where that is known only after fitting; <see cref="Wrong"/> where it cannot be known.</summary>
    public int Size { get; init; }

    /// <summary>How many ids there are (<see cref="ColumnKind.Ids"/>).</summary>
    public int Vocabulary { get; init; }

    /// <summary>How many classes a class number has; 0 where nothing is declared; <see cref="Wrong"/> where it cannot be known.</summary>
    public int Classes { get; init; }

    /// <summary>The stage whose labels a class number has, among the stages; -1 where it has none.</summary>
    public int LabelsOf { get; init; } = -1;

    /// <summary>A class number that <c>Interaction</c> takes as a number: <c>Binarizer</c> made it.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Read by labels, weights and strata alone, or by what makes such columns.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Never in the output row.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>A model made it: what is made of it needs the model.</summary>
    public bool IsPrediction { get; init; }

    /// <summary><c>DropNulls</c> has looked at it: its values are what they were.</summary>
    public bool IsDropped { get; init; }

    /// <summary>Something before it is wrong: nothing about it is known but its name.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The stage that made it, among the stages; -1 of the row's own.</summary>
    public int Stage { get; init; } = -1;

    /// <summary>What it is made of, in order; empty of the row's own.</summary>
    public IReadOnlyList<Column> Sources { get; init; } = [];

    /// <summary>The row's property; null of what a stage has made.</summary>
    public RowColumn? Property { get; init; }

    /// <summary>As the output row declares it.</summary>
    public string Declared => IsNullable ? CSharp + "?" : CSharp;

    /// <summary>How many elements a vector has of it: 1 of a number or flag.</summary>
    public int Elements => Kind == ColumnKind.Vector ? Size : 1;

    /// <summary>Kind and type as messages show them: <c>a number (double?)</c>.</summary>
    public string Described
    {
        get
        {
            string type = Property?.Type.Short ?? (CSharp.StartsWith("global::Dsl.", System.StringComparison.Ordinal) ? CSharp.Substring("global::Dsl.".Length) : CSharp) + (IsNullable ? "?" : "");
            return Kind switch
            {
                ColumnKind.Number => $"a number ({type})",
                ColumnKind.ClassNumber => Classes > 0 ? $"a class number ({Classes} classes)" : "a class number",
                ColumnKind.Flag => $"a flag ({type})",
                ColumnKind.Text => $"text ({type})",
                ColumnKind.Tokens => $"tokens ({type})",
                ColumnKind.Vector => Size > 0 ? $"a vector of {Size}" : "a vector",
                ColumnKind.Ids => "ids",
                ColumnKind.Time => $"a time ({type})",
                _ => $"a {type}, which is only carried along",
            };
        }
    }
}
