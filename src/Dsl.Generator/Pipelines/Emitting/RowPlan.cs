using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>
/// How <c>Predict</c> holds a row's columns: values in locals, dense vectors of a known size in one array for all, other vectors as <c>Vector</c>. A size that is known only after fitting,
/// and where such a vector begins, are fields.
/// </summary>
internal sealed class RowPlan
{
    // A longer vector of few non-zeros is better held sparse.
    private const int MostDense = 16 * 1024;

    private readonly PipelineCode code;
    private readonly Dictionary<int, bool> dense = [];
    private readonly Dictionary<int, string> sizes = [];
    private readonly Dictionary<int, string> starts = [];
    private readonly Dictionary<int, string> seen = [];
    // Sizes that are known only after fitting, by column, as the constructor's parameters give them.
    private readonly Dictionary<int, string> open = [];
    private readonly List<Column> openColumns = [];
    private int known;

    public RowPlan(PipelineCode code)
    {
        this.code = code;
        foreach (Column column in code.Pipeline.Columns.Where(column => column is { Kind: ColumnKind.Vector, Stage: >= 0, CSharp: "global::Dsl.Vector" } && ColumnSlots.InPlaceOf(column) is null))
        {
            CheckedStage stage = code.Pipeline.Stages[column.Stage];
            string? size = column.Size > 0 ? column.Size <= MostDense ? Literal.Int(column.Size) : null
                : Stage.Of(stage).FittedSize(new StageEmission(code, stage, EmissionPlace.Row), column, code.Locals.Of(stage), source => source.Kind != ColumnKind.Vector ? "1" : FittedSize(source));
            dense[column.Index] = size is not null && Stage.Of(stage).IsRowDense(column, IsDense);
            if (dense[column.Index])
                Place(column, size!);
        }

        PlaceOpen();
        foreach (Column column in code.Pipeline.Columns.Where(column => column is { Kind: ColumnKind.Vector, Size: 0 } && (column.Property is not null ? IsLocal(column) : IsMapped(column))))
        {
            string field = code.Locals.Take(code.Locals.Of(column).TrimStart('@') + "Size");
            seen[column.Index] = field;
            Fields.Add((field, $"{LocalNames.Run}.Sizes.Of({Literal.Quoted(column.Name)})"));
            Seen.Add(column);
        }
    }

    /// <summary>The row's and methods' vectors that nothing declares the size of: it is that of the fitted rows.</summary>
    public List<Column> Seen { get; } = [];

    /// <summary>The names of these, as arguments behind others.</summary>
    public string SeenNames => string.Concat(Seen.Select(column => ", " + Literal.Quoted(column.Name)));

    /// <summary>Fields and what they are set to, in the constructor's order.</summary>
    public List<(string Field, string Value)> Fields { get; } = [];

    /// <summary>The length of the row's one array; null where no vector needs it.</summary>
    public string? Length { get; private set; }

    /// <summary>The local of a column.</summary>
    public string Local(Column column) => code.Locals.Of(Resolve(column));

    /// <summary>The local's type.</summary>
    public static string TypeOf(Column column) => column.Declared;

    /// <summary>Whether the local may be null.</summary>
    public static bool IsNullable(Column column) => Resolve(column).IsNullable;

    /// <summary>When a column that may be null is there.</summary>
    public string Has(Column column) => IsOwnDense(Resolve(column)) ? code.Locals.Further(Resolve(column)) : Local(column) + " is not null";

    /// <summary>Whether a vector lies in the row's one array.</summary>
    public bool IsOwnDense(Column column) => dense.TryGetValue(Resolve(column).Index, out bool isDense) && isDense;

    /// <summary>Whether a vector is a run of doubles.</summary>
    public bool IsDense(Column column)
    {
        Column held = Resolve(column);
        return IsOwnDense(held) || (held is { CSharp: "double[]", IsNullable: false });
    }

    /// <summary>A dense vector as a span.</summary>
    public string Span(Column column) => Local(column);

    /// <summary>A vector as a <c>Vector</c>, where it is there.</summary>
    public string Vector(Column column)
    {
        Column held = Resolve(column);
        if (IsOwnDense(held))
            return $"new global::Dsl.Vector({LocalNames.Array}, {Start(held)}, {SizeOf(held)})";
        string value = !held.IsNullable ? Local(held) : held.IsReference ? Local(held) + "!" : Local(held) + ".GetValueOrDefault()";
        return held.CSharp == "global::Dsl.Vector" ? value : $"global::Dsl.Pipelines.RowColumns.VectorOf({value})";
    }

    /// <summary>A column as the output row has it.</summary>
    public string Output(Column column)
    {
        Column held = Resolve(column);
        if (held.Property is { } property && !IsLocal(held))
            return $"{LocalNames.Row}.{Literal.Name(property.Name)}";
        if (!IsOwnDense(held))
            return Local(held);
        return held.IsNullable ? $"{Has(held)} ? {Vector(held)} : null" : Vector(held);
    }

    /// <summary>Whether a property of the row is read by a stage, and so has a local.</summary>
    public bool IsLocal(Column property) => code.Pipeline.LastReader(property) >= 0;

    /// <summary>Where a dense vector begins in the row's array.</summary>
    public string Start(Column column) => starts[Resolve(column).Index];

    /// <summary>A dense vector's size.</summary>
    public string SizeOf(Column column) => sizes[Resolve(column).Index];

    /// <summary>What a column that <c>DropNulls</c> has looked at was before, where that was not null either.</summary>
    private static Column Resolve(Column column)
    {
        while (column.IsDropped && ColumnSlots.InPlaceOf(column) is { } before && (!before.IsNullable || column.IsNullable))
            column = before;
        return column;
    }

    /// <summary>How many elements the vectors of a column have: a number or a field; 0 where nothing is known before the row.</summary>
    public string WantedSize(Column column)
    {
        Column held = column;
        while (ColumnSlots.InPlaceOf(held) is { } before)
            held = before;
        return held.Size > 0 ? Literal.Int(held.Size) : seen.TryGetValue(held.Index, out string field) || sizes.TryGetValue(held.Index, out field) ? field : "0";
    }

    private bool IsMapped(Column column) => column.Stage >= 0 && ColumnSlots.InPlaceOf(column) is null && code.Pipeline.Stages[column.Stage].Method is not null;

    private string? FittedSize(Column source)
    {
        Column held = Resolve(source);
        if (held.Size > 0)
            return Literal.Int(held.Size);
        return open.TryGetValue(held.Index, out string? size) ? size : null;
    }

    private void Place(Column column, string size)
    {
        if (column.Size > 0)
        {
            sizes[column.Index] = size;
            starts[column.Index] = Literal.Int(known);
            known += column.Size;
            return;
        }

        string field = code.Locals.Take(code.Locals.Of(column).TrimStart('@') + "Size");
        open[column.Index] = field;
        sizes[column.Index] = field;
        Fields.Add((field, size));
        openColumns.Add(column);
    }

    // Behind those whose places are constants.
    private void PlaceOpen()
    {
        string at = Literal.Int(known);
        foreach (Column column in openColumns)
        {
            if (column == openColumns[0])
            {
                starts[column.Index] = at;
            }
            else
            {
                string field = code.Locals.Take(code.Locals.Of(column).TrimStart('@') + "Start");
                Fields.Add((field, at));
                starts[column.Index] = field;
            }

            at = $"{starts[column.Index]} + {sizes[column.Index]}";
        }

        Length = openColumns.Count == 0 ? known == 0 ? null : at : at;
    }
}
